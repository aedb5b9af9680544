package dev.fetchline.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `fetchline` without a subcommand: its help, or the sentence that a command is missing.
@Command(
        name = "fetchline",
        description = "URLs on a queue in, records in a table out: the whole of it on this machine, with the packaged"
                + " Lambda function, without Docker and without an AWS account.",
        synopsisSubcommandLabel = "(demo | run | up | submit | watch | results | hosts | redrive | status | page"
                + " | invoke | prove | bench | cost | completion)",
        mixinStandardHelpOptions = false,
        versionProvider = FetchlineVersion.class,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  fetchline demo",
            "  fetchline run urls.txt",
            "  fetchline run --help",
            "",
            "Exit codes: each command's help lists its own; 2 is always wrong usage."
        })
final class FetchlineCommand implements Runnable {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a fault as well (as FETCHLINE_DEBUG=1 does).")
    boolean verbose;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name a command: demo, run, up, submit, watch, results, hosts, redrive, status, page, invoke,"
                        + " prove, bench, cost or completion.");
    }
}
