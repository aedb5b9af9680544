package dev.fetchline.local.results;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What of each record is shown, in this order.
///
/// @param fields at least one
public record Columns(List<RecordField> fields) {
    private static final RecordField FILE = new RecordField(
            BodyFiles.FILE, RecordField.Kind.TEXT, BodyFiles.FILE, fetched -> fetched.text(BodyFiles.FILE));

    private static final List<String> USUAL = List.of(
            "status",
            "httpStatus",
            "url",
            "finalUrl",
            "contentType",
            "bodyBytes",
            "durationMs",
            "attempts",
            "fetchedAt",
            "error.kind",
            "error.detail",
            "tag");

    /// What a table of values has unless told otherwise.
    ///
    /// @param withFiles whether bodies are written to files
    public static Columns usual(boolean withFiles) {
        List<String> names = new ArrayList<>(USUAL);
        if (withFiles) {
            names.add(BodyFiles.FILE);
        }
        return parse(String.join(",", names));
    }

    /// Reads names with commas between.
    ///
    /// @throws IllegalArgumentException with one sentence that names the first that is none, and all that are
    public static Columns parse(String names) {
        List<RecordField> fields = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            fields.add(named(name.strip()));
        }
        return new Columns(List.copyOf(fields));
    }

    private static RecordField named(String name) {
        return name.equals(BodyFiles.FILE)
                ? FILE
                : RecordField.named(name)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "there is no column \"%s\"; expected some of %s, %s or %sNAME, with commas between."
                                        .formatted(
                                                name,
                                                String.join(", ", RecordField.names()),
                                                BodyFiles.FILE,
                                                RecordField.HEADER_PREFIX)));
    }

    /// Their names.
    public List<String> names() {
        return fields.stream().map(RecordField::name).toList();
    }

    /// The attributes of the table that they are read from.
    public Set<String> attributes() {
        return fields.stream()
                .map(RecordField::attribute)
                .filter(name -> !name.equals(BodyFiles.FILE))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// A record's values; an empty text for what it does not have.
    public List<String> of(FetchRecord fetched) {
        return fields.stream()
                .map(field -> {
                    String value = field.of(fetched);
                    return value == null ? "" : value;
                })
                .toList();
    }
}
