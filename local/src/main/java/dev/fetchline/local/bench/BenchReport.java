package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The results as text: for each work its knobs, a table of medians with ratios, and the targets that it has.
public final class BenchReport {
    /// Whose figures the others are held against.
    private static final List<String> REFERENCES = List.of("aiohttp", "bare");

    private final Results results;

    /// A report that is made of what there is when it is asked for.
    ///
    /// @param results of a bench
    public BenchReport(Results results) {
        this.results = results;
    }

    /// All of it for a terminal, line by line.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(legend());
        for (Work work : results.works()) {
            lines.add("");
            lines.add(work.name() + ": " + knobs(work));
            aligned(table(work)).forEach(line -> lines.add("  " + line));
            targets(work).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /// All of it in Markdown.
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add(legend());
        for (Work work : results.works()) {
            List<List<String>> rows = table(work);
            lines.addAll(List.of("", "### " + work.name(), "", knobs(work) + ".", ""));
            lines.add(row(rows.getFirst()));
            lines.add(row(rows.getFirst().stream().map(_ -> "---").toList()));
            rows.stream().skip(1).map(BenchReport::row).forEach(lines::add);
            lines.add("");
            targets(work).forEach(line -> lines.add("- " + line));
        }
        return lines;
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String legend() {
        return "Medians of %d %s; in brackets how many times that of %s it is."
                .formatted(
                        results.rounds(),
                        results.rounds() == 1 ? "round" : "rounds",
                        String.join(" and of ", REFERENCES));
    }

    /// What a work is, in one line.
    static String knobs(Work work) {
        return "%s; %,d URLs in events of %s; in flight %d, per host %d%s%s%s; no bodies stored"
                .formatted(
                        work.description(),
                        work.urls(),
                        eventSizes(work),
                        work.inFlight(),
                        work.perHost(),
                        work.early() == null ? "" : "; early " + work.early(),
                        work.steady() == null ? "" : "; steady " + work.steady(),
                        work.memoryMb() == 0 ? "" : "; memory " + work.memoryMb() + " MB");
    }

    private static String eventSizes(Work work) {
        return work.events().stream().distinct().map("%,d"::formatted).collect(Collectors.joining(" and "));
    }

    private List<String> targets(Work work) {
        return Target.of(work.name()).stream()
                .flatMap(target -> target.verdict(results).stream())
                .toList();
    }

    /// The first row has the titles.
    private List<List<String>> table(Work work) {
        List<Program> programs = results.programsOf(work);
        List<Measure> measures = Arrays.stream(Measure.values())
                .filter(measure -> programs.stream()
                        .anyMatch(program -> results.median(work.name(), program.name(), measure)
                                .isPresent()))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of("program"), measures.stream().map(Measure::title))
                .toList());
        for (Program program : programs) {
            rows.add(Stream.concat(
                            Stream.of(program.name()),
                            measures.stream().map(measure -> cell(work.name(), program.name(), measure)))
                    .toList());
        }
        return rows;
    }

    private String cell(String work, String program, Measure measure) {
        OptionalDouble own = results.median(work, program, measure);
        if (own.isEmpty()) {
            return "";
        }
        String text = measure.text(own.getAsDouble());
        if (!measure.compared()) {
            return text;
        }
        List<String> ratios = REFERENCES.stream()
                .map(reference -> ratio(own.getAsDouble(), results.median(work, reference, measure)))
                .toList();
        return ratios.stream().allMatch("-"::equals) ? text : text + " (" + String.join(", ", ratios) + ")";
    }

    private static String ratio(double own, OptionalDouble reference) {
        return reference.isPresent() && reference.getAsDouble() > 0
                ? "%.2f".formatted(own / reference.getAsDouble())
                : "-";
    }

    private static List<String> aligned(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        return rows.stream().map(row -> aligned(row, widths)).toList();
    }

    /// Names to the left, figures to the right.
    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            String pad = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? cell + pad : "  " + pad + cell);
        }
        return line.toString().stripTrailing();
    }
}
