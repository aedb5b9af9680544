package dev.fetchline.local.cli;

import dev.fetchline.local.simulation.Fault;
import dev.fetchline.local.simulation.Simulation;
import dev.fetchline.local.simulation.Violation;
import java.util.Map;

/// Prints what came of simulated worlds.
final class SimulationReport {
    private static final int VIOLATIONS_MAX = 10;

    private final StandardStreams streams;

    SimulationReport(StandardStreams streams) {
        this.streams = streams;
    }

    void print(SimulationRun run) {
        Simulation.Report broken = run.broken();
        if (broken != null) {
            printBroken(broken);
        }
        line("%,d worlds, %,d URLs, %,d requests: %s"
                .formatted(
                        run.done(),
                        run.urls(),
                        run.requests(),
                        broken == null ? "every promise kept" : "a promise broken"));
        line("%.1f seeds/s on %d threads".formatted(run.seedsPerSecond(), run.threads()));
        printFaults(run.survived());
        streams.flushOut();
    }

    void printOne(Simulation.Report report) {
        if (!report.holds()) {
            printBroken(report);
        }
        line("seed %d: %,d URLs, %,d requests, %,d events: %s"
                .formatted(
                        report.seed(),
                        report.urls(),
                        report.requests(),
                        report.events(),
                        report.holds() ? "every promise kept" : "a promise broken"));
        line("history %s".formatted(report.historyHash()));
        printFaults(report.survived());
        streams.flushOut();
    }

    private void printBroken(Simulation.Report report) {
        int shown = 0;
        for (Violation violation : report.violations()) {
            if (shown++ < VIOLATIONS_MAX) {
                line("%s".formatted(violation));
            }
        }
        if (report.violations().size() > VIOLATIONS_MAX) {
            line("… and %d more".formatted(report.violations().size() - VIOLATIONS_MAX));
        }
        line("");
        line("The story of the first:");
        report.story().forEach(each -> line("  " + each));
        line("");
        line("Replay: ./fetchline prove simulation --seed %d".formatted(report.seed()));
        line("");
    }

    private void printFaults(Map<Fault, ? extends Number> faults) {
        line(faults.isEmpty() ? "No fault struck." : "Faults that struck:");
        faults.forEach((fault, count) -> line("%,12d  %s".formatted(count.longValue(), fault.label())));
    }

    private void line(String text) {
        streams.out().print(text + "\n");
    }
}
