package dev.fetchline.local.cli;

import dev.fetchline.fuzz.Finding;
import dev.fetchline.fuzz.FuzzReport;
import java.util.List;

/// Prints what came of fuzz targets.
final class FuzzPrinter {
    private final StandardStreams streams;

    FuzzPrinter(StandardStreams streams) {
        this.streams = streams;
    }

    void begin(long seed) {
        print("seed %d".formatted(seed));
        print("%-12s %12s %10s %18s %10s".formatted("target", "inputs", "inputs/s", "lines reached", "ways"));
        streams.flushOut();
    }

    /// One target, as it ends.
    void line(FuzzReport report) {
        print("%-12s %,12d %,10.0f %18s %,10d  %s"
                .formatted(
                        report.subject().label(),
                        report.inputs(),
                        report.rate(),
                        "%d of %d, %.1f %%"
                                .formatted(
                                        report.coverage().covered(),
                                        report.coverage().total(),
                                        report.coverage().percent()),
                        report.ways(),
                        report.findings().isEmpty()
                                ? "every promise kept"
                                : report.findings().size() + " broken"));
        streams.flushOut();
    }

    void end(List<FuzzReport> reports) {
        for (FuzzReport report : reports) {
            report.findings().forEach(this::print);
        }
        long inputs = reports.stream().mapToLong(FuzzReport::inputs).sum();
        long broken =
                reports.stream().mapToLong(report -> report.findings().size()).sum();
        print("%,d inputs: %s".formatted(inputs, broken == 0 ? "every promise kept" : broken + " promises broken"));
        streams.flushOut();
    }

    private void print(Finding finding) {
        print("");
        print(finding.toString());
        print("  Replay: ./fetchline prove fuzz --target %s --seed %d"
                .formatted(finding.subject().label(), finding.seed()));
        print("");
    }

    private void print(String text) {
        streams.out().print(text + "\n");
    }
}
