package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import dev.fetchline.intake.Progress.LastTry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one part of a deferral: entries that have batch, origin, age, hop and the caller's headers in common.
record DeferredPart(String batchId, Origin origin, long firstSeenAt, int hop, Options headers) {
    private static final List<String> NAMES =
            List.of("batchId", "messageId", "requestedAt", "firstSeenAt", "hop", "headers", "items");
    private static final List<String> ENTRY_NAMES =
            List.of("item", "invalid", "made", "granted", "notBefore", "last", EarlierReader.FIELD);
    private static final List<String> INVALID_NAMES = List.of("sha256", "text", "reason");
    private static final List<String> LAST_NAMES = List.of("httpStatus", "kind", "detail");

    private static final IntegerRange EPOCH_MS = new IntegerRange(0, Limits.EPOCH_MS_MAX, "epoch milliseconds");
    private static final IntegerRange HOP = new IntegerRange(0, Limits.COUNT_MAX, "deferrals");
    private static final IntegerRange MADE = new IntegerRange(0, Limits.COUNT_MAX, "tries");
    private static final IntegerRange STATUS =
            new IntegerRange(Limits.HTTP_STATUS_MIN, Limits.HTTP_STATUS_MAX, "a status code");
    private static final TextRange KIND = new TextRange(0, Limits.KIND_CHARS_MAX);
    private static final TextRange DETAIL = new TextRange(0, Limits.DETAIL_CHARS_MAX);
    private static final TextRange INVALID_TEXT = new TextRange(0, InvalidItem.TEXT_CHARS_MAX);
    private static final TextRange REASON = new TextRange(1, Limits.DETAIL_CHARS_MAX);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /// What the entries of `part` have in common; the entries themselves are left to [#items].
    static DeferredPart of(JsonObject part) throws Fault {
        part.expectOnce(NAMES);
        return new DeferredPart(
                name(part, "batchId"),
                new Origin(name(part, "messageId"), EPOCH_MS.require(part, "requestedAt")),
                EPOCH_MS.require(part, "firstSeenAt"),
                Math.toIntExact(HOP.require(part, "hop")),
                Options.ofHeaders(HeaderRules.read(part.get("headers"))));
    }

    /// The entries, in the order written.
    ///
    /// @param place what a reason calls the part; a [Fault] names its field from the part on
    List<DeferredItem> items(List<JsonValue> entries, String place) throws Fault {
        List<DeferredItem> items = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            String own = "items[" + i + "]";
            if (!(entries.get(i) instanceof JsonObject entry)) {
                throw new Fault(own, entries.get(i).shown(), "an object with \"item\" or \"invalid\"");
            }
            try {
                entry.expectOnce(ENTRY_NAMES);
                BatchItem item = item(entry, place + "." + own + ".item");
                items.add(new DeferredItem(batchId, origin, item, progress(entry)));
            } catch (Fault fault) {
                throw fault.within(own);
            }
        }
        return items;
    }

    private BatchItem item(JsonObject entry, String place) throws Fault {
        JsonValue item = entry.get("item");
        JsonValue invalid = entry.get("invalid");
        if ((item == null) == (invalid == null)) {
            throw new Fault("", item == null ? "neither of the two" : "both", "either \"item\" or \"invalid\"");
        }
        BatchItem read = item == null ? invalid(entry) : ItemReader.read(item, place, headers);
        Earlier earlier = EarlierReader.ofEntry(entry);
        return earlier == null ? read : read.withEarlier(earlier);
    }

    private static InvalidItem invalid(JsonObject entry) throws Fault {
        JsonObject invalid = object(entry, "invalid");
        try {
            invalid.expectOnce(INVALID_NAMES);
            return new InvalidItem(
                    sha256(invalid), INVALID_TEXT.require(invalid, "text"), REASON.require(invalid, "reason"));
        } catch (Fault fault) {
            throw fault.within("invalid");
        }
    }

    private static String sha256(JsonObject invalid) throws Fault {
        String expected = "64 lower-case hex digits";
        JsonValue value = invalid.require("sha256", expected);
        if (value instanceof JsonString string && SHA256.matcher(string.text()).matches()) {
            return string.text();
        }
        throw new Fault("sha256", value.shown(), expected);
    }

    private Progress progress(JsonObject entry) throws Fault {
        int made = count(MADE.read(entry, "made"));
        IntegerRange granted = new IntegerRange(0, made, "tries that cost nothing, \"made\" at most");
        return new Progress(
                hop,
                made,
                count(granted.read(entry, "granted")),
                firstSeenAt,
                Objects.requireNonNullElse(EPOCH_MS.read(entry, "notBefore"), 0L),
                last(entry));
    }

    /// Nothing where it is left out.
    private static int count(@Nullable Long given) {
        return given == null ? 0 : Math.toIntExact(given);
    }

    private static @Nullable LastTry last(JsonObject entry) throws Fault {
        if (entry.get("last") == null) {
            return null;
        }
        JsonObject last = object(entry, "last");
        try {
            last.expectOnce(LAST_NAMES);
            Long status = STATUS.read(last, "httpStatus");
            return new LastTry(
                    status == null ? null : Math.toIntExact(status),
                    KIND.read(last, "kind"),
                    DETAIL.read(last, "detail"));
        } catch (Fault fault) {
            throw fault.within("last");
        }
    }

    private static JsonObject object(JsonObject entry, String field) throws Fault {
        JsonValue value = entry.require(field, "an object");
        if (!(value instanceof JsonObject object)) {
            throw new Fault(field, value.shown(), "an object");
        }
        return object;
    }

    private static String name(JsonObject part, String field) throws Fault {
        String name = Options.name(part, field);
        if (name == null) {
            throw new Fault(field, "nothing", Options.NAME);
        }
        return name;
    }
}
