package dev.fetchline.local.cli;

import dev.fetchline.local.simulation.Simulation;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `fetchline prove simulation`: the real pipeline in thousands of simulated worlds.
@Command(
        name = "simulation",
        description = {
            "Run the function's own code on virtual time in simulated worlds: a queue, a table and a web in memory, with"
                    + " every fault that one seed draws. A checker reads what happened and holds it against the"
                    + " promises of docs/operations.md.",
            "",
            "Uses all cores; the same seed gives the same world, always and everywhere.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Exit codes:",
            "  0    every promise was kept in every world",
            "  1    one was broken: stdout tells the story of that URL and how to replay it",
            "  2    wrong usage",
            "  130  interrupted (143 when terminated)",
            "",
            "Examples:",
            "  fetchline prove simulation",
            "  fetchline prove simulation --seeds 10000",
            "  fetchline prove simulation --seed 42"
        })
final class SimulationCommand implements Callable<Integer> {
    private static final long SEEDS_MAX = 1_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call
    CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many worlds, from seed --first on (default: 1000).")
    long seeds = 1_000;

    @Option(names = "--first", paramLabel = "S", defaultValue = "1", description = "The first seed (default: 1).")
    long first = 1;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "One world alone, with the hash of all that happened in it.")
    @Nullable
    Long seed;

    private final StandardStreams streams;

    SimulationCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || seeds > SEEDS_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--seeds %d: expected a number from 1 to %d".formatted(seeds, SEEDS_MAX));
        }
        if (seed != null
                && Stream.of("--seeds", "--first").anyMatch(spec.commandLine().getParseResult()::hasMatchedOption)) {
            throw new ParameterException(
                    spec.commandLine(), "--seed is one world: give it without --seeds and --first");
        }
        SimulationReport report = new SimulationReport(streams);
        if (seed != null) {
            Simulation.Report one = Simulation.runWithHash(seed);
            report.printOne(one);
            return one.holds() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
        }
        SimulationRun run = new SimulationRun(first, seeds);
        try (Progress progress = Progress.start(streams, "seeds", seeds)) {
            run.run(progress);
        }
        report.print(run);
        return run.broken() == null ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }
}
