package dev.fetchline.defer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.ItemJson;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import java.io.IOException;
import java.util.Map;

/// Writes one entry of a deferral: an item as its sender might have written it, its headers aside, or why
/// it is none, what it has behind it, and what came of it before.
final class EntryJson {
    private EntryJson() {}

    static void write(JsonGenerator json, DeferredItem item) throws IOException {
        json.writeStartObject();
        switch (item.entry()) {
            case FetchItem fetch -> {
                json.writeFieldName("item");
                ItemJson.write(json, fetch.withHeaders(Map.of()).withEarlier(null));
            }
            case InvalidItem invalid -> writeInvalid(json, invalid);
        }
        Progress progress = item.progress();
        writeUnlessZero(json, "made", progress.triesMade());
        writeUnlessZero(json, "granted", progress.waitsGranted());
        writeUnlessZero(json, "notBefore", progress.notBefore());
        if (progress.last() != null) {
            writeLast(json, progress.last());
        }
        Earlier earlier = item.entry().earlier();
        if (earlier != null) {
            // Beside the item, not in it: a release that does not know it passes over it here, and would refuse it
            // there.
            ItemJson.writeEarlier(json, earlier);
        }
        json.writeEndObject();
    }

    private static void writeInvalid(JsonGenerator json, InvalidItem invalid) throws IOException {
        json.writeObjectFieldStart("invalid");
        json.writeStringField("sha256", invalid.sha256());
        json.writeStringField("text", invalid.text());
        json.writeStringField("reason", invalid.reason());
        json.writeEndObject();
    }

    private static void writeLast(JsonGenerator json, LastTry last) throws IOException {
        json.writeObjectFieldStart("last");
        if (last.httpStatus() != null) {
            json.writeNumberField("httpStatus", last.httpStatus());
        }
        if (last.kind() != null) {
            json.writeStringField("kind", last.kind());
        }
        if (last.detail() != null) {
            json.writeStringField("detail", last.detail());
        }
        json.writeEndObject();
    }

    private static void writeUnlessZero(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }
}
