package dev.fetchline.defer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.ItemJson;
import dev.fetchline.intake.Origin;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes deferrals in the form that [dev.fetchline.intake.BatchReader] describes, version 1; what is 0
/// or null is left out.
public final class DeferralJson {
    static final int VERSION = 1;

    /// SQS takes the characters of XML 1.0 only (SendMessage's API reference). Control characters are
    /// escaped by JSON itself; the two characters above this one are escaped as well.
    private static final int HIGHEST_SENDABLE = 0xFFFD;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder().highestNonEscapedChar(HIGHEST_SENDABLE).build();

    private DeferralJson() {}

    /// The body of a message: items of a part stand together, parts and items in the order in which they
    /// come.
    public static String body(List<DeferredItem> items) {
        Map<Part, List<DeferredItem>> parts = new LinkedHashMap<>();
        items.forEach(item ->
                parts.computeIfAbsent(Part.of(item), _ -> new ArrayList<>()).add(item));
        StringWriter body = new StringWriter();
        write(body, json -> {
            json.writeStartObject();
            json.writeNumberField("v", VERSION);
            json.writeArrayFieldStart("parts");
            for (Map.Entry<Part, List<DeferredItem>> part : parts.entrySet()) {
                writePart(json, part.getKey(), part.getValue());
            }
            json.writeEndArray();
            json.writeEndObject();
        });
        return body.toString();
    }

    /// What an item takes in a body, in bytes of UTF-8, without a comma before it.
    static int bytesOf(DeferredItem item) {
        return bytesOf(json -> EntryJson.write(json, item));
    }

    /// What a part without its items takes in a body, in bytes of UTF-8, without a comma before it.
    static int bytesOf(Part part) {
        return bytesOf(json -> writePart(json, part, List.of()));
    }

    private static int bytesOf(Writing content) {
        Utf8Counter counter = new Utf8Counter();
        write(counter, content);
        return counter.bytes();
    }

    private static void write(Writer out, Writing content) {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            content.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
    }

    private static void writePart(JsonGenerator json, Part part, List<DeferredItem> items) throws IOException {
        json.writeStartObject();
        json.writeStringField("batchId", part.batchId());
        Origin origin = part.origin();
        json.writeStringField("messageId", origin.messageId());
        json.writeNumberField("requestedAt", origin.requestedAt());
        json.writeNumberField("firstSeenAt", part.firstSeenAt());
        json.writeNumberField("hop", part.hop());
        if (!part.headers().isEmpty()) {
            ItemJson.writeHeaders(json, part.headers());
        }
        json.writeArrayFieldStart("items");
        for (DeferredItem item : items) {
            EntryJson.write(json, item);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @FunctionalInterface
    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }
}
