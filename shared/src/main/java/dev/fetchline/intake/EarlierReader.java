package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the field `earlier`: `{"status", "httpStatus"?, "error"?: {"kind", "detail"}, "attempts", "fetchedAt"?,
/// "times"}`. It repeats what strangers' servers said, so a reason shows none of its texts.
final class EarlierReader {
    static final String FIELD = "earlier";

    private static final List<String> NAMES =
            List.of("status", "httpStatus", "error", "attempts", "fetchedAt", "times");
    private static final List<String> ERROR_NAMES = List.of("kind", "detail");

    private static final TextRange NAME = new TextRange(1, Limits.KIND_CHARS_MAX);
    private static final TextRange DETAIL = new TextRange(0, Limits.DETAIL_CHARS_MAX);
    private static final IntegerRange STATUS =
            new IntegerRange(Limits.HTTP_STATUS_MIN, Limits.HTTP_STATUS_MAX, "a status code");
    private static final IntegerRange ATTEMPTS = new IntegerRange(0, Limits.COUNT_MAX, "attempts");
    private static final IntegerRange TIMES = new IntegerRange(1, Limits.COUNT_MAX, "submissions before");
    private static final String MOMENT = "a moment in UTC of the years 1970 to 9999 such as \"2026-01-01T00:00:00Z\"";

    private EarlierReader() {}

    /// That of a sender's item; null where it was not given.
    ///
    /// @throws Fault where there is a field that we do not know, too
    static @Nullable Earlier ofItem(JsonObject item) throws Fault {
        return read(item, true);
    }

    /// That of a sender's item that is at fault elsewhere; null where it cannot be read, or was not given.
    static @Nullable Earlier ofInvalid(JsonObject item) {
        try {
            return read(item, true);
        } catch (Fault another) {
            return null;
        }
    }

    /// That of an entry of a deferral, where fields of other names are ignored; null where there is none.
    static @Nullable Earlier ofEntry(JsonObject entry) throws Fault {
        return read(entry, false);
    }

    private static @Nullable Earlier read(JsonObject outer, boolean isStrict) throws Fault {
        JsonValue value = outer.get(FIELD);
        if (value == null) {
            return null;
        }
        try {
            JsonObject earlier = object(value, "", NAMES, isStrict);
            Long httpStatus = STATUS.read(earlier, "httpStatus");
            return new Earlier(
                    NAME.require(earlier, "status"),
                    httpStatus == null ? null : Math.toIntExact(httpStatus),
                    failure(earlier.get("error"), isStrict),
                    Math.toIntExact(ATTEMPTS.require(earlier, "attempts")),
                    moment(earlier.get("fetchedAt")),
                    Math.toIntExact(TIMES.require(earlier, "times")));
        } catch (Fault fault) {
            throw fault.within(FIELD);
        }
    }

    private static Earlier.@Nullable Failure failure(@Nullable JsonValue value, boolean isStrict) throws Fault {
        if (value == null) {
            return null;
        }
        JsonObject error = object(value, "error", ERROR_NAMES, isStrict);
        try {
            return new Earlier.Failure(NAME.require(error, "kind"), DETAIL.require(error, "detail"));
        } catch (Fault fault) {
            throw fault.within("error");
        }
    }

    private static JsonObject object(JsonValue value, String field, List<String> names, boolean isStrict) throws Fault {
        if (!(value instanceof JsonObject object)) {
            throw new Fault(field, value.kind(), "an object");
        }
        try {
            if (isStrict) {
                object.expectOnly(names);
            } else {
                object.expectOnce(names);
            }
        } catch (Fault fault) {
            throw fault.within(field);
        }
        return object;
    }

    private static @Nullable Instant moment(@Nullable JsonValue value) throws Fault {
        if (value == null) {
            return null;
        }
        if (value instanceof JsonString(String text, var _)) {
            try {
                Instant moment = Instant.parse(text);
                if (!moment.isBefore(Instant.EPOCH) && !moment.isAfter(Earlier.LAST_MOMENT)) {
                    return moment;
                }
            } catch (DateTimeException notOne) {
                // Told below.
            }
        }
        throw new Fault("fetchedAt", value instanceof JsonString ? "another text" : value.kind(), MOMENT);
    }
}
