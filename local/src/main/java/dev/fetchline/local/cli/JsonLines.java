package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordField;
import dev.fetchline.local.batch.RecordJson;
import dev.fetchline.local.results.Columns;
import dev.fetchline.local.results.RecordLines;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records as JSON Lines: whole ones, or an object of the chosen columns by their names.
///
/// @param columns null for whole records
record JsonLines(@Nullable Columns columns) implements RecordLines {
    @Override
    public String heading() {
        return "";
    }

    @Override
    public String of(FetchRecord fetched) {
        return RecordJson.lineOf(columns == null ? fetched : chosen(columns, fetched)) + "\n";
    }

    private static FetchRecord chosen(Columns columns, FetchRecord fetched) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        for (RecordField field : columns.fields()) {
            String value = field.of(fetched);
            if (value != null) {
                row.put(
                        field.name(),
                        field.kind() == RecordField.Kind.NUMBER
                                ? AttributeValue.fromN(value)
                                : AttributeValue.fromS(value));
            }
        }
        return new FetchRecord(row);
    }
}
