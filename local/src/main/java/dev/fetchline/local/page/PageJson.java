package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Answers for the page's script.
final class PageJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PageJson() {}

    /// Writes what stands between the braces of an object.
    interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    static PageAnswer object(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PageAnswer.json(bytes.toByteArray());
    }
}
