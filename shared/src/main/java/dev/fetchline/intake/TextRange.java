package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import org.jspecify.annotations.Nullable;

/// The texts that a field of a deferral may hold: clean ones of so many characters. A reason never shows them: they
/// repeat what strangers said.
///
/// @param min characters at least
/// @param max characters at most
record TextRange(int min, int max) {
    /// The field's value; null where it was not given.
    @Nullable
    String read(JsonObject object, String field) throws Fault {
        return object.get(field) == null ? null : require(object, field);
    }

    /// The field's value.
    ///
    /// @throws Fault where it was not given, too
    String require(JsonObject object, String field) throws Fault {
        JsonValue value = object.require(field, expected());
        if (!(value instanceof JsonString string)) {
            throw new Fault(field, value.kind(), expected());
        }
        String text = string.text();
        if (text.length() < min || text.length() > max) {
            throw new Fault(field, "a string of %d characters".formatted(text.length()), expected());
        }
        if (!SafeText.isClean(text)) {
            throw new Fault(field, "a string with a control character or lone surrogate", expected());
        }
        return text;
    }

    private String expected() {
        return "a string of %d to %d characters without control characters and lone surrogates".formatted(min, max);
    }
}
