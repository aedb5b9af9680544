package dev.fetchline.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.fetchline.intake.JsonValue.JsonArray;
import dev.fetchline.intake.JsonValue.JsonLiteral;
import dev.fetchline.intake.JsonValue.JsonNumber;
import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import dev.fetchline.intake.JsonValue.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads one JSON document (RFC 8259, nothing more lenient) into a [JsonValue], under the limits of
/// [Limits].
final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.JSON_DEPTH_MAX)
                    .maxNumberLength(Limits.JSON_NUMBER_CHARS_MAX)
                    .maxNameLength(Limits.JSON_NAME_CHARS_MAX)
                    .maxStringLength(Limits.JSON_CHARS_MAX)
                    .maxDocumentLength(Limits.JSON_CHARS_MAX)
                    .build())
            // Names come from strangers: a shared table of them would grow with each message, and throws
            // IllegalStateException when someone sends names made to collide.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /// A backslash, `u` and four digits.
    private static final int ESCAPE_CHARS = 6;

    private final String body;
    private final JsonParser parser;

    private JsonReader(String body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /// @throws Fault when `body` is not exactly one JSON document, or passes a limit; its field is
    ///     empty: the whole body
    static JsonValue read(String body) throws Fault {
        if (body.length() > Limits.JSON_CHARS_MAX) {
            throw new Fault("", body.length() + " characters", "at most " + Limits.JSON_CHARS_MAX);
        }
        expectEscapesOfAscii(body);
        try (JsonParser parser = FACTORY.createParser(body)) {
            try {
                return new JsonReader(body, parser).document();
            } catch (StreamConstraintsException past) {
                throw JsonFault.pastLimit(parser);
            } catch (IOException notJson) {
                throw JsonFault.notJson(body, parser, notJson);
            }
        } catch (IOException unreachable) {
            throw new Fault("", "a body that cannot be read", "one JSON document");
        }
    }

    /// The parser takes a character beyond ASCII for the hex digit that its low byte is, so that two
    /// readers of one message would read two texts.
    private static void expectEscapesOfAscii(String body) throws Fault {
        for (int i = body.indexOf('\\'); i >= 0; i = body.indexOf('\\', i + 2)) {
            int end = Math.min(i + ESCAPE_CHARS, body.length());
            for (int digit = i + 2; digit < end && body.charAt(i + 1) == 'u'; digit++) {
                if (body.charAt(digit) >= 0x80) {
                    throw JsonFault.noHexDigit(body, digit);
                }
            }
        }
    }

    private JsonValue document() throws IOException, Fault {
        parser.nextToken();
        JsonValue value = value();
        if (parser.nextToken() != null) {
            throw JsonFault.secondDocument(body, parser.currentTokenLocation());
        }
        return value;
    }

    /// The value that the current token begins. Recursion is safe: the parser stops at
    /// [Limits#JSON_DEPTH_MAX].
    private JsonValue value() throws IOException {
        int start = offset(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<JsonObject.Member> members = members();
                yield new JsonObject(members, sourceFrom(start));
            }
            case START_ARRAY -> {
                List<JsonValue> elements = elements();
                yield new JsonArray(elements, sourceFrom(start));
            }
            case VALUE_STRING -> {
                // The parser reads a string to its end only when it is asked for the text.
                String text = parser.getText();
                yield new JsonString(text, sourceFrom(start));
            }
            case VALUE_NUMBER_INT -> new JsonNumber(true, sourceFrom(start));
            case VALUE_NUMBER_FLOAT -> new JsonNumber(false, sourceFrom(start));
            default -> new JsonLiteral(sourceFrom(start));
        };
    }

    private List<JsonObject.Member> members() throws IOException {
        List<JsonObject.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.add(new JsonObject.Member(name, value()));
        }
        return members;
    }

    private List<JsonValue> elements() throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    private Source sourceFrom(int start) {
        return new Source(body, start, offset(parser.currentLocation()));
    }

    private static int offset(JsonLocation location) {
        return Math.toIntExact(location.getCharOffset());
    }
}
