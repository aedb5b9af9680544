package dev.fetchline.local.cli;

import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetChoice;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which stack a tool works on.
final class TargetOption {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            converter = EmulatorOption.UrlConverter.class,
            description = "Work on the queues and tables of an emulator, such as LocalStack at http://localhost:4566;"
                    + " default: the stack that fetchline up runs from this checkout.")
    @Nullable
    URI endpoint;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "Work on this deployed CloudFormation stack, with credentials as the AWS CLI takes them.")
    @Nullable
    String stack;

    @Option(names = "--region", paramLabel = "REGION", description = "The stack's region; default: the AWS CLI's.")
    @Nullable
    String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of the AWS CLI's configuration.")
    @Nullable
    String profile;

    /// Opens the stack; the caller closes it.
    Target open(Home home) {
        return targets(home).open(new TargetChoice(endpoint, stack, region, profile));
    }

    /// The options that were given, each after a space, quoted for a shell where needed.
    String asTyped() {
        return typed("--endpoint", endpoint)
                + typed("--stack", stack)
                + typed("--region", region)
                + typed("--profile", profile);
    }

    private static String typed(String name, @Nullable Object value) {
        return value == null ? "" : " " + name + " " + ShellWord.of(value.toString());
    }

    private static Targets targets(Home home) {
        return new Targets(home.template(), new UpFile(home.upFile()));
    }
}
