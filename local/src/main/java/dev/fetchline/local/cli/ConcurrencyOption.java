package dev.fetchline.local.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// How many environments of the function work at once.
final class ConcurrencyOption {
    private static final int ENVIRONMENTS_MAX = 120;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the option
    CommandSpec spec;

    private int environments = 2;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "Environments of the function, each a process of its own, that work at once (default: 2, the"
                    + " least that AWS allows; 1 works here).")
    void setEnvironments(int number) {
        if (number < 1 || number > ENVIRONMENTS_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--concurrency %d: expected a number from 1 to %d".formatted(number, ENVIRONMENTS_MAX));
        }
        environments = number;
    }

    /// The template parameter that says so.
    Map<String, String> parameters() {
        return Map.of("MaximumConcurrency", Integer.toString(environments));
    }
}
