package dev.fetchline.local.cost;

import dev.fetchline.local.cost.Sizing.Row;
import java.util.ArrayList;
import java.util.List;

/// The tables of sizes; an arrow stands at the one to take.
record SizingText(Sizing sizing) {
    private static final String FORMAT = "%s %9s %10s %9s %9s %10s %11s %12s";

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Setting set = sizing.setting();
        table(
                lines,
                "MemorySize",
                set.memoryMb(),
                "of those within 5 % of the cheapest bill, the quickest",
                sizing.memories());
        table(
                lines,
                "BatchSize",
                set.batch(),
                "of those within 5 % of the cheapest bill, the smallest",
                sizing.batches());
        table(
                lines,
                "BatchWindowSeconds",
                set.windowSeconds(),
                "the same, with a message a second all month",
                sizing.windows());
        table(
                lines,
                "MaximumConcurrency",
                set.concurrency(),
                "the fewest that take an hour at most, were answers ten times slower",
                sizing.concurrencies());
        lines.removeLast();
        return lines;
    }

    private static void table(List<String> lines, String parameter, int now, String rule, List<Row> rows) {
        lines.add("%s (%d): -> %s".formatted(parameter, now, rule));
        lines.add(FORMAT.formatted("  ", "", "URLs", "CPU ms", "wait ms", "billed ms", "Lambda, $", "fetched in")
                .stripTrailing());
        for (Row row : rows) {
            Invocation invocation = row.invocation();
            lines.add(FORMAT.formatted(
                            row.recommended() ? "->" : "  ",
                            Figures.whole(row.value()),
                            Figures.whole(invocation.urls()),
                            Figures.whole(invocation.cpuMs()),
                            Figures.whole(invocation.waitMs()),
                            Figures.whole(invocation.billedMs()),
                            Figures.usd(row.usd()),
                            row.wallSeconds() == 0 ? "" : Figures.time(row.wallSeconds()))
                    .stripTrailing());
        }
        lines.add("");
    }
}
