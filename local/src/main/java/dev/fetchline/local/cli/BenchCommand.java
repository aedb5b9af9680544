package dev.fetchline.local.cli;

import dev.fetchline.local.bench.Bench;
import dev.fetchline.local.bench.BenchReport;
import dev.fetchline.local.bench.Results;
import dev.fetchline.local.bench.SavedResults;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fetchline bench`: the packaged function measured beside other programs on the same work.
@Command(
        name = "bench",
        description = {
            "Measure the packaged function beside other programs on the same work: CPU time a URL, wall time, memory.",
            "",
            "All are Lambda runtimes: each asks a Runtime API for events of 100 messages with 10 URLs, fetches all of an"
                    + " event, writes a record for each URL by BatchWriteItem, and answers. They take turns, in rounds;"
                    + " what is printed are medians, and behind each in brackets how many times that of aiohttp and of"
                    + " the bare loop it is. CPU time and memory are read in /proc, for all in the same way. The run"
                    + " fails if a URL was not fetched or a record is missing or wrong.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every URL was fetched and every record arrived",
            "  1    not so: stderr says what was missing, and in which run",
            "  2    wrong usage, or something on this machine stands in the way",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline bench --work plain,tls --rounds 3",
            "  fetchline bench --programs fetchline,bare --quick"
        })
final class BenchCommand implements Callable<Integer> {
    private static final int ROUNDS_MAX = 99;

    @Option(
            names = "--work",
            paramLabel = "W",
            split = ",",
            description = "What to do, of plain, tls, big, wait, stragglers, cold, memory, hosts (default: all).")
    @Nullable
    List<String> works;

    @Option(
            names = "--programs",
            paramLabel = "P",
            split = ",",
            description = {
                "Who does it, of fetchline, fetchline-bodies, aiohttp, go, bare (default: all these), and",
                "fetchline-flat, fetchline-aot: the function as its container image has it, without and with its"
                        + " ahead-of-time cache."
            })
    @Nullable
    List<String> programs;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each does each (1 to 99; default: ${DEFAULT-VALUE}).")
    int rounds;

    @Option(
            names = "--save",
            description = "Write the results to bench/results.json, and to docs/performance.md with its picture; a"
                    + " work that is run is replaced whole, any other keeps what it has.")
    boolean save;

    @Option(
            names = "--quick",
            description = "Small sizes, to see that all parts fit together; the figures mean nothing.")
    boolean quick;

    private final StandardStreams streams;
    private final Home home;
    private volatile boolean finished;

    BenchCommand(StandardStreams streams, Home home) {
        this.streams = streams;
        this.home = home;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> chosenWorks = known("--work", works, Bench.works());
        List<String> chosenPrograms =
                programs == null ? Bench.programs() : known("--programs", programs, Bench.allPrograms());
        if (rounds < 1 || rounds > ROUNDS_MAX) {
            throw CliException.usage("--rounds %d: expected a number from 1 to %d.".formatted(rounds, ROUNDS_MAX));
        }
        if (!home.isLinux()) {
            throw CliException.usage("bench needs Linux: CPU time and memory are read in /proc.");
        }
        if (save && quick) {
            throw CliException.usage("--save with --quick: the figures of a quick run mean nothing.");
        }
        SavedResults saved = save ? saved() : null;
        BenchProgress progress = new BenchProgress(streams);
        try (Bench bench =
                new Bench(home.root(), home.artifact(), LogDirectory.create(home.logDirectory(), "bench"), progress)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted(bench, progress), "fetchline-shutdown"));
            return measured(bench.run(chosenWorks, chosenPrograms, rounds, quick), saved);
        } finally {
            finished = true;
        }
    }

    private int measured(Results results, @Nullable SavedResults saved) {
        if (results.isWithoutPrograms()) {
            throw CliException.usage("nothing was measured: none of the programs can be run here.");
        }
        new BenchReport(results).lines().forEach(streams.out()::println);
        streams.flushOut();
        if (saved != null) {
            save(results, saved);
        }
        return results.whole() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private SavedResults saved() {
        try {
            return SavedResults.open(home.root());
        } catch (IOException e) {
            throw CliException.usage("--save: the results could not be saved: %s.".formatted(FileFault.of(e)));
        }
    }

    private void save(Results results, SavedResults saved) {
        if (!results.whole()) {
            streams.say("nothing was saved: not every run was whole.");
            return;
        }
        try {
            saved.write(results);
            streams.say("saved to bench/results.json, docs/performance.md and docs/performance.svg.");
        } catch (IOException e) {
            throw CliException.usage("the results cannot be saved: %s.".formatted(FileFault.of(e)));
        }
    }

    /// A signal runs it beside the command; so does the command's own end, when there is nothing left to do.
    private void interrupted(Bench bench, BenchProgress progress) {
        if (!finished) {
            progress.ended();
            streams.say("interrupted before all was measured.");
            streams.silence();
            bench.close();
        }
    }

    private static List<String> known(String option, @Nullable List<String> named, List<String> all) {
        if (named == null) {
            return all;
        }
        if (named.isEmpty()) {
            throw CliException.usage(
                    "%s: expected names of %s, with commas between.".formatted(option, String.join(", ", all)));
        }
        for (String name : named) {
            if (!all.contains(name)) {
                throw CliException.usage("%s %s: expected names of %s, with commas between."
                        .formatted(option, name, String.join(", ", all)));
            }
        }
        return all.stream().filter(named::contains).toList();
    }
}
