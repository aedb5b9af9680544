package dev.fetchline.intake;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;

/// Writes items as a sender would: what [BatchReader] reads.
public final class ItemJson {
    private ItemJson() {}

    /// An item with all its options; just its URL where it has none.
    public static void write(JsonGenerator json, FetchItem item) throws IOException {
        if (item.equals(FetchItem.get(item.url()))) {
            json.writeString(item.url());
            return;
        }
        json.writeStartObject();
        json.writeStringField("url", item.url());
        if (item.method() != RequestMethod.GET) {
            json.writeStringField("method", item.method().name());
        }
        if (!item.headers().isEmpty()) {
            writeHeaders(json, item.headers());
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
        Earlier earlier = item.earlier();
        if (earlier != null) {
            writeEarlier(json, earlier);
        }
        json.writeEndObject();
    }

    /// The field `headers`.
    public static void writeHeaders(JsonGenerator json, Map<String, String> headers) throws IOException {
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
    }

    /// The field `earlier`.
    public static void writeEarlier(JsonGenerator json, Earlier earlier) throws IOException {
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
}
