package dev.fetchline.defer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import dev.fetchline.intake.RequestMethod;
import java.io.IOException;
import java.util.Map;

/// Writes one entry of a deferral: an item as its sender might have written it, its headers aside, or why it is none,
/// what it has behind it, and what came of it before.
final class EntryJson {
    private EntryJson() {}

    static void write(JsonGenerator json, DeferredItem item) throws IOException {
        json.writeStartObject();
        switch (item.entry()) {
            case FetchItem fetch -> writeItem(json, fetch);
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
            writeEarlier(json, earlier);
        }
        json.writeEndObject();
    }

    private static void writeItem(JsonGenerator json, FetchItem item) throws IOException {
        if (item.withHeaders(Map.of()).withEarlier(null).equals(FetchItem.get(item.url()))) {
            json.writeStringField("item", item.url());
            return;
        }
        json.writeObjectFieldStart("item");
        json.writeStringField("url", item.url());
        if (item.method() != RequestMethod.GET) {
            json.writeStringField("method", item.method().name());
        }
        if (item.timeoutMs() != null) {
            json.writeNumberField("timeoutMs", item.timeoutMs());
        }
        if (item.maxBodyBytes() != null) {
            json.writeNumberField("maxBodyBytes", item.maxBodyBytes());
        }
        if (item.followRedirects() != null) {
            json.writeBooleanField("followRedirects", item.followRedirects());
        }
        if (item.tag() != null) {
            json.writeStringField("tag", item.tag());
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

    /// Beside the item, not in it: a release that does not know it passes over it here, and would refuse it there.
    private static void writeEarlier(JsonGenerator json, Earlier earlier) throws IOException {
        json.writeObjectFieldStart("earlier");
        json.writeStringField("status", earlier.status());
        if (earlier.httpStatus() != null) {
            json.writeNumberField("httpStatus", earlier.httpStatus());
        }
        Earlier.Failure failure = earlier.failure();
        if (failure != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("kind", failure.kind());
            json.writeStringField("detail", failure.detail());
            json.writeEndObject();
        }
        json.writeNumberField("attempts", earlier.attempts());
        if (earlier.fetchedAt() != null) {
            json.writeStringField("fetchedAt", earlier.fetchedAt().toString());
        }
        json.writeNumberField("times", earlier.times());
        json.writeEndObject();
    }

    private static void writeUnlessZero(JsonGenerator json, String name, long value) throws IOException {
        if (value != 0) {
            json.writeNumberField(name, value);
        }
    }
}
