package dev.fetchline.local.cli;

import dev.fetchline.fuzz.FuzzReport;
import dev.fetchline.fuzz.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fetchline prove fuzz`: hostile texts and bytes for everything that reads them, for as long as one
/// likes.
@Command(
        name = "fuzz",
        description = {
            "Feed what strangers may send to the code that reads it: bodies of messages, URLs, Location and Retry-After"
                    + " headers, charsets, Content-Encodings. Inputs come from grammars, from the corpus in"
                    + " shared/src/test/resources/fuzz, and from mutations that reach new code; what comes of each is held"
                    + " against promises.",
            "",
            "Uses all cores. The same seed gives the same inputs as long as the code stays as it is.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every promise was kept for every input",
            "  1    one was broken: stdout shows the input, made small, and its seed",
            "  2    wrong usage",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline prove fuzz",
            "  fetchline prove fuzz --minutes 30",
            "  fetchline prove fuzz --target urls --seed 42"
        })
final class FuzzCommand implements Callable<Integer> {
    private static final double MINUTES_MAX = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long in all, such as 30 or 0.5 (default: 1).")
    double minutes = 1;

    @Option(
            names = "--target",
            paramLabel = "NAME",
            description =
                    "One target alone, or several by repeating it: messages, urls, locations, retry-after, charsets,"
                            + " content.")
    List<String> targets = new ArrayList<>();

    @Option(names = "--seed", paramLabel = "S", description = "What the inputs are drawn from (default: a fresh one).")
    @Nullable
    Long seed;

    private final StandardStreams streams;

    FuzzCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(minutes > 0 && minutes <= MINUTES_MAX)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--minutes %s: expected a number above 0 and up to %.0f".formatted(minutes, MINUTES_MAX));
        }
        List<Subject> subjects = subjects();
        long drawnFrom = seed == null ? new Random().nextLong() : seed;
        FuzzRun run = new FuzzRun(subjects, drawnFrom, Duration.ofMillis(Math.max(1, Math.round(minutes * 60_000))));
        FuzzPrinter printer = new FuzzPrinter(streams);
        printer.begin(drawnFrom);
        List<FuzzReport> reports = run.run(printer::line);
        printer.end(reports);
        return reports.stream().allMatch(report -> report.findings().isEmpty()) ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (String name : targets) {
            subjects.add(Arrays.stream(Subject.values())
                    .filter(subject -> subject.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--target %s: expected one of %s".formatted(PrintableText.of(name), labels()))));
        }
        return subjects.isEmpty()
                ? List.of(Subject.values())
                : subjects.stream().distinct().toList();
    }

    private static String labels() {
        return Arrays.stream(Subject.values()).map(Subject::label).collect(Collectors.joining(", "));
    }
}
