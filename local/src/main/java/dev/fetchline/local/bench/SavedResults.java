package dev.fetchline.local.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The results as they are kept in the repository: `bench/results.json` for programs, the tables of
/// `docs/performance.md` and its picture for people.
public final class SavedResults {
    private static final String BEGIN = "<!-- bench: begin; what is between is written by ./fetchline bench --save -->";
    private static final String END = "<!-- bench: end -->";
    private static final int DECIMALS = 3;

    private final Results results;
    private final LocalDate date;
    private final String machine;

    SavedResults(Results results, LocalDate date, String machine) {
        this.results = results;
        this.date = date;
        this.machine = machine;
    }

    /// Results of this machine, today.
    public static SavedResults of(Results results) {
        return new SavedResults(results, LocalDate.now(ZoneOffset.UTC), Machine.description());
    }

    /// Writes all three; of the page only what is between its two markers.
    ///
    /// @param root of the checkout
    /// @throws IOException also where the page lacks its markers
    public void write(Path root) throws IOException {
        Path page = root.resolve("docs/performance.md");
        String text = page(Files.readString(page));
        Files.writeString(root.resolve("bench/results.json"), json());
        Files.writeString(page, text);
        Files.writeString(root.resolve("docs/performance.svg"), new Picture(results).svg());
    }

    /// The page with new tables in place of its old ones.
    String page(String old) throws IOException {
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("docs/performance.md has not the two lines %s and %s".formatted(BEGIN, END));
        }
        List<String> lines = new ArrayList<>(List.of(BEGIN, ""));
        lines.add("Measured on %s; %s.".formatted(date, machine));
        for (Program program : results.programs()) {
            lines.add("%s %s: %s.".formatted("-", program.name(), program.version()));
        }
        lines.addAll(List.of("", "![CPU time a URL by work and program](performance.svg)", ""));
        lines.addAll(new BenchReport(results).markdown());
        lines.add("");
        return old.substring(0, begin) + String.join("\n", lines) + "\n" + old.substring(end);
    }

    /// All medians.
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("date", date.toString());
            json.writeStringField("machine", machine);
            json.writeNumberField("rounds", results.rounds());
            json.writeObjectFieldStart("versions");
            json.writeStringField("java", Runtime.version().toString());
            for (Program program : results.programs()) {
                json.writeStringField(program.name(), program.version());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("works");
            for (Work work : results.works()) {
                for (Program program : results.programsOf(work)) {
                    writeWork(json, work, program);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private void writeWork(JsonGenerator json, Work work, Program program) throws IOException {
        json.writeStartObject();
        json.writeStringField("work", work.name());
        json.writeStringField("program", program.name());
        json.writeStringField("knobs", BenchReport.knobs(work));
        for (Measure measure : Measure.values()) {
            OptionalDouble figure = results.median(work.name(), program.name(), measure);
            if (figure.isPresent()) {
                json.writeFieldName(measure.jsonName());
                json.writeNumber(BigDecimal.valueOf(figure.getAsDouble())
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString());
            }
        }
        json.writeEndObject();
    }
}
