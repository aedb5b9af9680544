package dev.fetchline.local.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.ItemJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/// Writes what messages are made of, in ASCII: a character is a byte, and none is one that SQS does not
/// take.
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
        FetchItem itself = item.withUrl(url);
        if (itself.equals(FetchItem.get(url)) && needsNoEscape(url)) {
            return '"' + url + '"';
        }
        return of(json -> ItemJson.write(json, itself));
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
