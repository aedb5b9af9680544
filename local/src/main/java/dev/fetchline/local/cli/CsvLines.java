package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.results.Columns;
import dev.fetchline.local.results.Csv;
import dev.fetchline.local.results.RecordLines;
import java.util.List;

/// Chosen columns as comma-separated values, with a line of names before them.
///
/// @param isForTerminal whether what would move its cursor is escaped
record CsvLines(Columns columns, boolean isForTerminal) implements RecordLines {
    @Override
    public String heading() {
        return Csv.line(columns.names());
    }

    @Override
    public String of(FetchRecord fetched) {
        List<String> values = columns.of(fetched).stream()
                .map(value -> Csv.text(isForTerminal ? PrintableText.of(value) : value))
                .toList();
        return Csv.line(values);
    }
}
