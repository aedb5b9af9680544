package dev.fetchline.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The JSON of an event (RFC 8259, nothing more lenient), read value by value where it stands. A value that is not what
/// is wanted there is an [IllegalArgumentException] with one sentence; what is no JSON is the parser's own exception.
final class EventJson implements AutoCloseable {
    private static final JsonFactory JSON = JsonFactory.builder()
            // Names of message attributes come from strangers: a shared table of them would grow with each message.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final JsonParser parser;

    private EventJson(JsonParser parser) {
        this.parser = parser;
    }

    /// At the first value of `event`, which is in UTF-8: other bytes are a
    /// [java.nio.charset.CharacterCodingException], lest they become another URL in silence. A byte order mark
    /// before it is passed over, as RFC 8259 allows: files for `sam local invoke` may have one.
    static EventJson of(InputStream event) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(event, BYTE_ORDER_MARK.length);
        byte[] first = bytes.readNBytes(BYTE_ORDER_MARK.length);
        if (!Arrays.equals(first, BYTE_ORDER_MARK)) {
            bytes.unread(first);
        }
        JsonParser parser = JSON.createParser(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        parser.nextToken();
        return new EventJson(parser);
    }

    /// Whether an object stands here. To go to its fields is to enter it.
    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /// Goes to the value of the next field of the object that this is in.
    ///
    /// @return its name; null at the object's end
    @Nullable
    String nextField() throws IOException {
        if (parser.nextToken() == JsonToken.END_OBJECT) {
            return null;
        }
        String name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /// Goes to the next element of the array that this is in.
    ///
    /// @return false at the array's end
    boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /// Goes on after the value that stands here.
    ///
    /// @return whether that was the last
    boolean endsHere() throws IOException {
        return parser.nextToken() == null;
    }

    /// Goes to the end of the value that stands here.
    void skip() throws IOException {
        parser.skipChildren();
    }

    /// Enters the object that stands here.
    ///
    /// @return false where null stands here
    boolean enterObject() {
        return enter(JsonToken.START_OBJECT, "an object");
    }

    /// Enters the array that stands here.
    ///
    /// @return false where null stands here
    boolean enterArray() {
        return enter(JsonToken.START_ARRAY, "an array");
    }

    private boolean enter(JsonToken wanted, String expected) {
        if (isNull()) {
            return false;
        }
        if (parser.currentToken() != wanted) {
            throw fault(expected);
        }
        return true;
    }

    /// The text that stands here, or that of a number or a boolean; null for null.
    @Nullable
    String text() throws IOException {
        if (isNull()) {
            return null;
        }
        if (!parser.currentToken().isScalarValue()) {
            throw fault("a string");
        }
        return parser.getText();
    }

    /// The bytes that stand here in Base64; null for null.
    byte @Nullable [] bytes() throws IOException {
        if (isNull()) {
            return null;
        }
        try {
            return parser.getBinaryValue();
        } catch (JacksonException fault) {
            throw fault("bytes in Base64");
        }
    }

    private IllegalArgumentException fault(String expected) {
        String found = switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> "a boolean";
        };
        return new IllegalArgumentException("found " + found + " at "
                + parser.getParsingContext().pathAsPointer() + " of the event, expected " + expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
