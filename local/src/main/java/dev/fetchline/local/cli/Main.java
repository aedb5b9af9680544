package dev.fetchline.local.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What `./fetchline` hands over to.
public final class Main {
    private Main() {}

    /// Runs one command and exits with its code.
    public static void main(String[] arguments) {
        // Sentences are English; their numbers must not be written in another language's way.
        Locale.setDefault(Locale.ROOT);
        // A library that logs while another thread starts SLF4J is nothing that the user could mend.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        StandardStreams streams = StandardStreams.ofProcess();
        // stdout belongs to the command's own output: libraries that greet the world there would break a pipe.
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        int exitCode = commandLine(streams, Home.ofLauncher()).execute(arguments);
        streams.out().flush();
        System.exit(exitCode);
    }

    static CommandLine commandLine(StandardStreams streams, Home home) {
        CommandLine commandLine = new CommandLine(new FetchlineCommand())
                .addSubcommand(new DemoCommand(streams, home))
                .addSubcommand(new RunCommand(streams, home))
                .addSubcommand(new UpCommand(streams, home))
                .addSubcommand(new SubmitCommand(streams, home))
                .addSubcommand(new WatchCommand(streams, home))
                .addSubcommand(new ResultsCommand(streams, home))
                .addSubcommand(new HostsCommand(streams, home))
                .addSubcommand(new RedriveCommand(streams, home))
                .addSubcommand(new StatusCommand(streams, home))
                .addSubcommand(new PageCommand(streams, home))
                .addSubcommand(new InvokeCommand(streams, home))
                .addSubcommand(new BenchCommand(streams, home))
                .addSubcommand(new CostCommand(streams, home))
                .addSubcommand(new CompletionCommand(streams))
                .addSubcommand(new CommandLine(new ProveCommand())
                        .addSubcommand(new SimulationCommand(streams))
                        .addSubcommand(new ChaosCommand(streams, home))
                        .addSubcommand(new FuzzCommand(streams))
                        .addSubcommand(new HostileCommand(streams, home)));
        return WholeNumber.readBy(commandLine)
                .setOut(new PrintWriter(streams.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(streams.err(), true, StandardCharsets.UTF_8))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, _) -> usageError(streams, exception))
                .setExecutionExceptionHandler((exception, command, _) ->
                        new FaultReport(streams, home, isVerbose(command)).exitCodeOf(exception));
    }

    private static int usageError(StandardStreams streams, ParameterException exception) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        String sentence = Objects.requireNonNullElse(exception.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("wrong usage");
        streams.say("%s%s (see %s --help).".formatted(sentence.replaceFirst("[.]$", ""), meant(exception), command));
        return ExitCode.USAGE_OR_UNFINISHED;
    }

    /// The command or option that was perhaps meant.
    private static String meant(ParameterException exception) {
        return exception instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .filter(known -> isNear(known, unmatched.getUnmatched().getFirst()))
                        .findFirst()
                        .map(known -> "; did you mean " + known + "?")
                        .orElse("")
                : "";
    }

    /// Whether most of the letters are the same ones: picocli suggests what has little in common, too.
    private static boolean isNear(String known, String typed) {
        List<Integer> rest = typed.chars().boxed().collect(Collectors.toCollection(ArrayList::new));
        long same = known.chars().boxed().filter(rest::remove).count();
        return same * 4 >= 3L * Math.max(known.length(), typed.length());
    }

    private static boolean isVerbose(CommandLine command) {
        CommandLine root = command;
        while (root.getParent() != null) {
            root = root.getParent();
        }
        FetchlineCommand top = root.getCommand();
        return top.verbose || "1".equals(System.getenv("FETCHLINE_DEBUG"));
    }
}
