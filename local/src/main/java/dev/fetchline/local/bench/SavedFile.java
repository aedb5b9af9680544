package dev.fetchline.local.bench;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The form of `bench/results.json`: a row for each work and program, with its medians, and with when, where and with
/// which version they were measured. What files of before had once for all rows stands for a row that lacks it.
final class SavedFile {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int DECIMALS = 3;

    private SavedFile() {}

    /// What was saved before; nothing where there is no file.
    ///
    /// @throws IOException with a sentence where the file is not what it should be
    static List<SavedWork> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (JsonParser json = JSON.createParser(Files.readString(file))) {
            json.nextToken();
            return works(json);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("%s cannot be read as results of the bench".formatted(file.getFileName()), e);
        }
    }

    private static List<SavedWork> works(JsonParser json) throws IOException {
        Map<String, String> ofAll = new HashMap<>();
        Map<String, String> versions = new HashMap<>();
        List<Map<String, String>> rows = new ArrayList<>();
        expect(json, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "works" -> {
                    expect(json, JsonToken.START_ARRAY);
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        rows.add(members(json));
                    }
                }
                case "versions" -> versions.putAll(members(json));
                default -> ofAll.put(name, json.getText());
            }
        }
        Map<String, SavedWork> works = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            Map<String, String> whole = new HashMap<>(ofAll);
            whole.put("version", versions.getOrDefault(row.getOrDefault("program", ""), "unknown"));
            whole.computeIfPresent(
                    "rounds",
                    (_, rounds) -> Integer.toString(
                            Works.named(member(row, "work"), false).rounds(Integer.parseInt(rounds))));
            whole.putAll(row);
            works.merge(member(whole, "work"), work(whole), SavedFile::joined);
        }
        return List.copyOf(works.values());
    }

    private static Map<String, String> members(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        Map<String, String> members = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            if (!json.nextToken().isScalarValue()) {
                throw new IllegalArgumentException(name + " is no text and no number");
            }
            members.put(name, json.getText());
        }
        return members;
    }

    private static void expect(JsonParser json, JsonToken wanted) {
        if (json.currentToken() != wanted) {
            throw new IllegalArgumentException("found %s, expected %s".formatted(json.currentToken(), wanted));
        }
    }

    private static String member(Map<String, String> row, String name) {
        String value = row.get(name);
        if (value == null) {
            throw new IllegalArgumentException("a row lacks " + name);
        }
        return value;
    }

    private static SavedWork work(Map<String, String> row) {
        Map<Measure, Double> medians = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            String figure = row.get(measure.jsonName());
            if (figure != null) {
                medians.put(measure, Double.valueOf(figure));
            }
        }
        return new SavedWork(
                member(row, "date"),
                member(row, "machine"),
                new WorkResult(
                        member(row, "work"),
                        member(row, "knobs"),
                        Integer.parseInt(member(row, "rounds")),
                        List.of(new WorkResult.Row(member(row, "program"), member(row, "version"), medians))));
    }

    private static SavedWork joined(SavedWork one, SavedWork more) {
        List<WorkResult.Row> rows = new ArrayList<>(one.result().rows());
        rows.addAll(more.result().rows());
        return new SavedWork(
                one.date(),
                one.machine(),
                new WorkResult(
                        one.result().work(), one.result().knobs(), one.result().rounds(), rows));
    }

    static String json(List<SavedWork> works) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeArrayFieldStart("works");
            for (SavedWork work : works) {
                for (WorkResult.Row row : work.result().rows()) {
                    writeRow(json, work, row);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void writeRow(JsonGenerator json, SavedWork work, WorkResult.Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("work", work.result().work());
        json.writeStringField("program", row.program());
        json.writeStringField("version", row.version());
        json.writeStringField("date", work.date());
        json.writeStringField("machine", work.machine());
        json.writeNumberField("rounds", work.result().rounds());
        json.writeStringField("knobs", work.result().knobs());
        for (Map.Entry<Measure, Double> median : row.medians().entrySet()) {
            json.writeFieldName(median.getKey().jsonName());
            json.writeNumber(BigDecimal.valueOf(median.getValue())
                    .setScale(DECIMALS, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString());
        }
        json.writeEndObject();
    }
}
