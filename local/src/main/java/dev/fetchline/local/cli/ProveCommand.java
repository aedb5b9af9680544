package dev.fetchline.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fetchline prove` without a subcommand: the sentence that one is missing.
@Command(
        name = "prove",
        description = {
            "Show that no URL is lost, whatever fails, that no input is misread, whoever sends it, and that no server gets"
                    + " the better of the function."
        },
        synopsisSubcommandLabel = "(simulation | chaos | fuzz | hostile)",
        sortOptions = false)
final class ProveCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Name what to prove with: simulation, chaos, fuzz or hostile.");
    }
}
