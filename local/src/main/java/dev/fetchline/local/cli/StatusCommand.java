package dev.fetchline.local.cli;

import dev.fetchline.local.status.StackStatus;
import dev.fetchline.local.status.StatusReader;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.UpFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fetchline status`: how a stack is doing.
@Command(
        name = "status",
        description = {
            "Show how a stack is doing: messages on its queue by their state, the age of the oldest one, dead letters,"
                    + " environments of the function, and what went wrong last.",
            "",
            "Nothing is received for it: a look disturbs no message. SQS calls its counts approximate. What cannot be"
                    + " known where the stack runs is said to be unknown: an emulator does not tell the age of its messages,"
                    + " a deployed stack's is CloudWatch's, some minutes old; only the stack of up has the function's"
                    + " log.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    all is well",
            "  1    there are dead letters, or invocations that failed lately",
            "  2    wrong usage, or the stack cannot be asked",
            "",
            "Examples:",
            "  fetchline status",
            "  fetchline status --endpoint http://localhost:4566",
            "  fetchline status --stack fetchline --region eu-central-1 --json"
        })
final class StatusCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print one JSON object; what is unknown is left out.")
    boolean json;

    @Mixin
    TargetOption target = new TargetOption();

    private final StandardStreams streams;
    private final Home home;

    StatusCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() {
        try (Target stack = target.open(home)) {
            StackStatus status = new StatusReader(stack, new UpFile(home.upFile())).read();
            StatusText text = new StatusText(status, streams.outColumns(), target.asTyped());
            if (json) {
                streams.out().println(text.json());
            } else {
                text.lines().forEach(streams.out()::println);
            }
            streams.flushOut();
            return status.isWell() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
        }
    }
}
