package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.FetchRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the list of records: at most a hundred rows, whatever the batch holds.
///
/// @param reader of the batch
record RecordList(BatchReader reader) {
    static final int ROWS_MAX = 100;

    /// Items of the first call where some are left out: most filters that match much are full after that.
    private static final int FILTERED_FIRST_MAX = 500;

    /// @param rowsMax rows at most
    PageAnswer page(BatchParts parts, RecordFilter filter, Cursor from, int rowsMax) {
        List<FetchRecord> rows = new ArrayList<>();
        BatchReader.Look look = new BatchReader.Look(
                parts, from, filter.prefix(), filter.attributes(), filter.isOpen() ? rowsMax : FILTERED_FIRST_MAX);
        BatchReader.Seen seen = reader.read(look, fetched -> {
            if (filter.matches(fetched)) {
                rows.add(fetched);
            }
            return rows.size() < rowsMax;
        });
        return PageJson.object(json -> {
            json.writeArrayFieldStart("records");
            for (FetchRecord row : rows) {
                writeRow(json, row);
            }
            json.writeEndArray();
            if (seen.next().isPresent()) {
                json.writeStringField("next", seen.next().get().toString());
            }
            json.writeNumberField("looked", seen.looked());
            json.writeNumberField("calls", seen.calls());
        });
    }

    private static void writeRow(JsonGenerator json, FetchRecord row) throws IOException {
        json.writeStartObject();
        json.writeStringField("batchId", row.batchId());
        json.writeStringField("key", row.url());
        json.writeStringField("url", row.shownUrl());
        json.writeStringField("status", row.status());
        for (String name : List.of("httpStatus", "durationMs", "attempts", "bodyBytes")) {
            Long number = row.number(name);
            if (number != null) {
                json.writeNumberField(name, number);
            }
        }
        writeText(json, "contentType", row.text("contentType"));
        writeText(json, "tag", row.text("tag"));
        writeText(json, "error", row.error());
        writeText(json, "nextAttemptAt", row.text("nextAttemptAt"));
        json.writeEndObject();
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }
}
