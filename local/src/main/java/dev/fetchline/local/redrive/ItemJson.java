package dev.fetchline.local.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.RequestMethod;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes a batch as [dev.fetchline.intake.BatchReader] reads it.
final class ItemJson {
    /// ASCII only: some characters that a URL may be written with are none that the queue takes.
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private ItemJson() {}

    /// The body of a message.
    ///
    /// @param headers of all items
    static String body(String batchId, Map<String, String> headers, List<FetchItem> items) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringField("batchId", batchId);
            if (!headers.isEmpty()) {
                json.writeObjectFieldStart("defaults");
                json.writeObjectFieldStart("headers");
                for (Map.Entry<String, String> header : headers.entrySet()) {
                    json.writeStringField(header.getKey(), header.getValue());
                }
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeArrayFieldStart("urls");
            for (FetchItem item : items) {
                write(json, item);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// What an item takes in a body, its headers aside, in bytes.
    static int bytesOf(FetchItem item) {
        return written(json -> write(json, item)).length() + 1;
    }

    private static void write(JsonGenerator json, FetchItem item) throws IOException {
        if (item.withHeaders(Map.of()).equals(FetchItem.get(item.url()))) {
            json.writeString(item.url());
            return;
        }
        json.writeStartObject();
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
        Earlier earlier = item.earlier();
        if (earlier != null) {
            json.writeFieldName("earlier");
            write(json, earlier);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Earlier earlier) throws IOException {
        json.writeStartObject();
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

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private static String written(Writing content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            content.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return text.toString();
    }
}
