package dev.fetchline.local.redrive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.ItemJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes a batch as [dev.fetchline.intake.BatchReader] reads it.
final class BodyJson {
    /// ASCII only: some characters that a URL may be written with are none that the queue takes.
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private BodyJson() {}

    /// The body of a message.
    ///
    /// @param headers of all items
    static String body(String batchId, Map<String, String> headers, List<FetchItem> items) {
        return written(json -> {
            json.writeStartObject();
            json.writeStringField("batchId", batchId);
            if (!headers.isEmpty()) {
                json.writeObjectFieldStart("defaults");
                ItemJson.writeHeaders(json, headers);
                json.writeEndObject();
            }
            json.writeArrayFieldStart("urls");
            for (FetchItem item : items) {
                ItemJson.write(json, item.withHeaders(Map.of()));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /// What an item takes in a body, its headers aside, in bytes.
    static int bytesOf(FetchItem item) {
        return written(json -> ItemJson.write(json, item.withHeaders(Map.of()))).length() + 1;
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
