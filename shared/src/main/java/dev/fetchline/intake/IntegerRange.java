package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonNumber;
import dev.fetchline.intake.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/// The integers that a field may hold.
///
/// @param min the smallest
/// @param max the largest
/// @param unit what they count, for the reason
record IntegerRange(long min, long max, String unit) {
    /// The field's value; null where it was not given.
    @Nullable
    Long read(JsonObject object, String field) throws Fault {
        return object.get(field) == null ? null : require(object, field);
    }

    /// The field's value.
    ///
    /// @throws Fault where it was not given, too
    long require(JsonObject object, String field) throws Fault {
        JsonValue value = object.require(field, expected());
        if (value instanceof JsonNumber number && number.isInteger()) {
            // Long enough a number is out of range; the parser has let at most 100 characters through.
            try {
                long given = Long.parseLong(number.source().text());
                if (given >= min && given <= max) {
                    return given;
                }
            } catch (NumberFormatException pastLong) {
                // Out of range like any other.
            }
        }
        throw new Fault(field, value.shown(), expected());
    }

    private String expected() {
        return "an integer from %d to %d (%s)".formatted(min, max, unit);
    }
}
