package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// The results as text: for each work its knobs, a table of medians with ratios, and the targets that it has.
public final class BenchReport {
    /// Whose figures the others are held against.
    private static final List<String> REFERENCES = List.of("aiohttp", "bare");

    private final Results results;

    /// @param results of a bench
    public BenchReport(Results results) {
        this.results = results;
    }

    /// All of it, line by line.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Work work : results.works()) {
            lines.add(work.name() + ": " + knobs(work));
            lines.addAll(table(work));
            lines.addAll(Target.of(work.name()).stream()
                    .flatMap(target -> target.verdict(results).stream())
                    .toList());
            lines.add("");
        }
        return lines;
    }

    /// What a work is, in one line.
    static String knobs(Work work) {
        return "%s; %,d URLs in events of %s; in flight %d, per host %d%s%s%s; no bodies stored (but fetchline-bodies)"
                .formatted(
                        work.description(),
                        work.urls(),
                        eventSizes(work),
                        work.inFlight(),
                        work.perHost(),
                        work.early() == null ? "" : "; early " + work.early(),
                        work.steady() == null ? "" : "; steady " + work.steady(),
                        work.memoryMb() == 0 ? "" : "; " + work.memoryMb() + " MB");
    }

    private static String eventSizes(Work work) {
        return String.join(
                " and ",
                work.events().stream()
                        .distinct()
                        .map(size -> "%,d".formatted(size))
                        .toList());
    }

    private List<String> table(Work work) {
        List<Measure> measures = Arrays.stream(Measure.values())
                .filter(measure -> results.programs().stream()
                        .anyMatch(program -> results.median(work.name(), program.name(), measure)
                                .isPresent()))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of("program"), measures.stream().map(Measure::title))
                .toList());
        for (Program program : results.programs()) {
            List<String> row = new ArrayList<>(List.of(program.name()));
            boolean any = false;
            for (Measure measure : measures) {
                String cell = cell(work.name(), program.name(), measure);
                any |= !cell.isEmpty();
                row.add(cell);
            }
            if (any) {
                rows.add(row);
            }
        }
        return aligned(rows);
    }

    /// The median, and behind it how many times that of aiohttp and of the bare loop it is.
    private String cell(String work, String program, Measure measure) {
        OptionalDouble own = results.median(work, program, measure);
        if (own.isEmpty()) {
            return "";
        }
        String text = ("%,." + measure.decimals() + "f").formatted(own.getAsDouble());
        List<String> ratios = measure.compared()
                ? REFERENCES.stream()
                        .map(reference -> results.median(work, reference, measure))
                        .map(reference -> reference.isPresent() && reference.getAsDouble() > 0
                                ? "%.2f".formatted(own.getAsDouble() / reference.getAsDouble())
                                : "-")
                        .toList()
                : List.of();
        return ratios.stream().allMatch("-"::equals) ? text : text + " (" + String.join(", ", ratios) + ")";
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder("  ");
                    for (int column = 0; column < columns; column++) {
                        String pad = " ".repeat(widths[column] - row.get(column).length());
                        line.append(column == 0 ? row.get(column) + pad : "  " + pad + row.get(column));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
