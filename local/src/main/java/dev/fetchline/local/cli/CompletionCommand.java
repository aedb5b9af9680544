package dev.fetchline.local.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `fetchline completion`: the script with which a shell completes commands and options.
@Command(
        name = "completion",
        description = {
            "Print the script that lets bash and zsh complete commands and options with the Tab key.",
            "",
            "It is made from the commands themselves; make it again after an update. zsh reads it as bash does, by"
                    + " bashcompinit, which the script calls.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    printed",
            "  2    wrong usage",
            "",
            "Examples:",
            "  source <(./fetchline completion)                       # this shell, bash or zsh",
            "  ./fetchline completion > ~/.local/share/bash-completion/completions/fetchline"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    CommandSpec spec;

    private final StandardStreams streams;

    CompletionCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.out().print(AutoComplete.bash("fetchline", spec.root().commandLine()));
        streams.flushOut();
        return ExitCode.OK;
    }
}
