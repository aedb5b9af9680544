package dev.fetchline.intake;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Says in one sentence why a body is not JSON. The parser's own texts span lines and name its classes
/// and settings, so only the place is taken from it; a single character is shown, since what follows may
/// be a secret.
final class JsonFault {
    private JsonFault() {}

    static Fault notJson(String body, JsonParser parser, IOException cause) {
        JsonLocation at = cause instanceof JacksonException e ? e.getLocation() : null;
        if (at == null) {
            at = parser.currentLocation();
        }
        int offset = Math.clamp(at.getCharOffset(), 0, body.length());
        int column = at.getColumnNr();
        if (offset > 0 && isForbiddenControl(body.charAt(offset - 1))) {
            // Between values, the parser stops after such a character, not at it.
            offset--;
            column--;
        }
        return new Fault("", character(body, offset) + place(at.getLineNr(), column), expected(body, offset, parser));
    }

    /// A character at `offset` that no hex digit is.
    static Fault noHexDigit(String body, int offset) {
        String before = body.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int column = offset - before.lastIndexOf('\n');
        return new Fault("", character(body, offset) + place(line, column), "four hex digits after \\u");
    }

    /// A limit of the parser. It is told from the parser's state which one.
    static Fault pastLimit(JsonParser parser) {
        String place = place(parser.currentLocation());
        if (parser.getParsingContext().getNestingDepth() > Limits.JSON_DEPTH_MAX) {
            return new Fault("", "JSON nested too deep" + place, "at most %d levels".formatted(Limits.JSON_DEPTH_MAX));
        }
        if (isReadingName(parser)) {
            return new Fault(
                    "", "a field name too long" + place, "at most %d characters".formatted(Limits.JSON_NAME_CHARS_MAX));
        }
        return new Fault(
                "", "a number too long" + place, "at most %d characters".formatted(Limits.JSON_NUMBER_CHARS_MAX));
    }

    static Fault secondDocument(String body, JsonLocation at) {
        int offset = Math.clamp(at.getCharOffset(), 0, body.length());
        return new Fault("", character(body, offset) + place(at), "nothing after the one JSON value");
    }

    private static boolean isReadingName(JsonParser parser) {
        return parser.getParsingContext().inObject() && parser.currentToken() != JsonToken.FIELD_NAME;
    }

    private static String place(JsonLocation at) {
        return place(at.getLineNr(), at.getColumnNr());
    }

    private static String place(int line, int column) {
        return " at line %d, column %d".formatted(line, column);
    }

    private static boolean isForbiddenControl(char c) {
        return c < ' ' && !SafeText.isJsonSpace(c);
    }

    private static String character(String body, int offset) {
        return offset == body.length()
                ? "the end of the text"
                : SafeText.quote(Character.toString(body.codePointAt(offset)));
    }

    /// What JSON allows at `offset`, as far as the text before it tells.
    private static String expected(String body, int offset, JsonParser parser) {
        if (offset == body.length()) {
            return "the rest of the JSON value";
        }
        int before = offset - 1;
        while (before >= 0 && SafeText.isJsonSpace(body.charAt(before))) {
            before--;
        }
        char last = before < 0 ? ' ' : body.charAt(before);
        // White space is never at fault between values, so a control character here stands in a string.
        if (last == '\\' || Character.isISOControl(body.charAt(offset))) {
            return "a JSON string with its control characters and backslashes escaped";
        }
        boolean inObject = parser.getParsingContext().inObject();
        return switch (last) {
            case '[' -> "a value or \"]\"";
            case '{' -> "a field name in double quotes or \"}\"";
            case ':' -> "a value";
            case ',' -> inObject ? "a field name in double quotes" : "a value";
            default -> before == offset - 1 && isHalfToken(last) ? "a JSON value" : expectedAfterValue(parser);
        };
    }

    /// Whether a token such as `NaN` or `-` broke off here, as far as its last character tells.
    private static boolean isHalfToken(char last) {
        return last == '-' || last == '+' || Character.isLetter(last);
    }

    private static String expectedAfterValue(JsonParser parser) {
        if (parser.getParsingContext().inRoot()) {
            return "nothing after the one JSON value";
        }
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            return "\":\"";
        }
        return parser.getParsingContext().inObject() ? "\",\" or \"}\"" : "\",\" or \"]\"";
    }
}
