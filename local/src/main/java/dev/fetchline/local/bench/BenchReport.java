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

    private static final String LEGEND =
            "in brackets how many times that of " + String.join(" and of ", REFERENCES) + " it is";

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
        lines.add("Medians of %d %s; %s.".formatted(results.rounds(), rounds(results.rounds()), LEGEND));
        for (WorkResult work : results.byWork()) {
            lines.add("");
            lines.add(work.work() + ": " + work.knobs());
            aligned(table(work)).forEach(line -> lines.add("  " + line));
            targets(work).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /// Works in Markdown, each with when and where it was measured.
    static List<String> markdown(List<SavedWork> works) {
        List<String> lines = new ArrayList<>();
        lines.add("Medians; %s.".formatted(LEGEND));
        for (SavedWork saved : works) {
            WorkResult work = saved.result();
            List<List<String>> rows = table(work);
            lines.addAll(List.of("", "### " + work.work(), "", work.knobs() + ".", "", measured(saved), ""));
            lines.add(row(rows.getFirst()));
            lines.add(row(rows.getFirst().stream().map(_ -> "---").toList()));
            rows.stream().skip(1).map(BenchReport::row).forEach(lines::add);
            lines.add("");
            targets(work).forEach(line -> lines.add("- " + line));
        }
        return lines;
    }

    private static String measured(SavedWork saved) {
        WorkResult work = saved.result();
        return "Measured on %s in %d %s; %s; %s."
                .formatted(
                        saved.date(),
                        work.rounds(),
                        rounds(work.rounds()),
                        saved.machine(),
                        work.rows().stream()
                                .map(row -> row.program() + ": " + row.version())
                                .collect(Collectors.joining("; ")));
    }

    private static String rounds(int count) {
        return count == 1 ? "round" : "rounds";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /// What a work is, in one line.
    static String knobs(Work work, List<Program> programs) {
        return "%s; %,d URLs in events of %s; in flight %d, per host %d%s%s%s; no bodies stored%s"
                .formatted(
                        work.description(),
                        work.urls(),
                        eventSizes(work),
                        work.inFlight(),
                        work.perHost(),
                        work.early() == null ? "" : "; early " + work.early(),
                        work.steady() == null ? "" : "; steady " + work.steady(),
                        work.memoryMb() == 0 ? "" : "; memory " + work.memoryMb() + " MB",
                        programs.stream()
                                .filter(Program::storesBodies)
                                .map(program -> ", but by " + program.name())
                                .collect(Collectors.joining()));
    }

    private static String eventSizes(Work work) {
        return work.events().stream().distinct().map("%,d"::formatted).collect(Collectors.joining(" and "));
    }

    private static List<String> targets(WorkResult work) {
        return Target.of(work.work()).stream()
                .flatMap(target -> target.verdict(work).stream())
                .toList();
    }

    /// The first row has the titles.
    private static List<List<String>> table(WorkResult work) {
        List<Measure> measures = Arrays.stream(Measure.values())
                .filter(measure ->
                        work.rows().stream().anyMatch(row -> row.medians().containsKey(measure)))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(Stream.concat(Stream.of("program"), measures.stream().map(Measure::title))
                .toList());
        for (WorkResult.Row row : work.rows()) {
            rows.add(Stream.concat(
                            Stream.of(row.program()),
                            measures.stream().map(measure -> cell(work, row.program(), measure)))
                    .toList());
        }
        return rows;
    }

    private static String cell(WorkResult work, String program, Measure measure) {
        OptionalDouble own = work.median(program, measure);
        if (own.isEmpty()) {
            return "";
        }
        String text = measure.text(own.getAsDouble());
        if (!measure.compared()) {
            return text;
        }
        List<String> ratios = REFERENCES.stream()
                .map(reference -> ratio(own.getAsDouble(), work.median(reference, measure)))
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
