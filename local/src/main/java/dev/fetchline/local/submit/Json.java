package dev.fetchline.local.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.RequestMethod;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes what messages are made of, in ASCII: a character is a byte, and none is one that SQS does not take.
final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Json() {}

    @FunctionalInterface
    interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    static String of(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /// An item with this URL in place of its own; just the URL where it has no options.
    static String ofItem(FetchItem item, String url) {
        boolean isPlain = item.method() == RequestMethod.GET
                && item.headers().isEmpty()
                && item.timeoutMs() == null
                && item.maxBodyBytes() == null
                && item.followRedirects() == null
                && item.tag() == null;
        if (isPlain) {
            return needsNoEscape(url) ? '"' + url + '"' : of(json -> json.writeString(url));
        }
        return of(json -> writeItem(json, item, url));
    }

    private static void writeItem(JsonGenerator json, FetchItem item, String url) throws IOException {
        json.writeStartObject();
        json.writeStringField("url", url);
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
        json.writeEndObject();
    }

    static void writeHeaders(JsonGenerator json, Map<String, String> headers) throws IOException {
        json.writeObjectFieldStart("headers");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
        }
        json.writeEndObject();
    }

    private static boolean needsNoEscape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
