package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonArray;
import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the body of a message. The forms:
///
/// - plain text, one URL a line; blank lines and lines that start with `#` are skipped
/// - a JSON string: one URL
/// - a JSON array of items
/// - `{"batchId"?, "urls": [item…], "defaults"?: {options}}`
/// - one item: `{"url", "method"?, "headers"?, "timeoutMs"?, "maxBodyBytes"?, "followRedirects"?, "tag"?, "earlier"?}`,
///   where `earlier` is `{"status", "httpStatus"?, "error"?: {"kind", "detail"}, "attempts", "fetchedAt"?, "times"}`
/// - an SNS notification that holds one of these, unwrapped one level
///   (<https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>)
/// - a deferral of the function's own, which is any object with a field `v`; in version 1
///   `{"v": 1, "parts": [{"batchId", "messageId", "requestedAt", "firstSeenAt", "hop", "items": [entry…]}…]}`, where an
///   entry is `{"item": item, "made"?, "granted"?, "notBefore"?, "last"?: {"httpStatus"?, "kind"?, "detail"?},
/// "earlier"?}`, or has
///   `"invalid": {"sha256", "text", "reason"}` in place of `item`; fields of other names are ignored. It comes straight
///   from the queue, never through SNS.
///
/// An item is a URL string or an item object. A body whose first character, after one byte order mark and JSON white
/// space, is `{`, `[` or `"` is JSON (RFC 8259) and nothing else. A batch without items is valid.
///
/// Limits: 10,000 items in a message; a URL 8,192 UTF-8 bytes; `timeoutMs` 1 to 900,000 milliseconds; `maxBodyBytes` 0
/// to 1,073,741,824 bytes; `tag` and `batchId` 1 to 256 UTF-8 bytes without control characters; 32 headers with names
/// and values of 8,192 bytes together, those of `defaults` included; JSON 8 levels deep, with numbers of at most 100
/// and names of at most 256 characters. Of `earlier`: `status` and `kind` 1 to 64
/// and `detail` 1,024 characters, of which 500 bytes are kept; `httpStatus` 100 to 999; `attempts` 0 and `times` 1 to
/// 1,000,000; `fetchedAt` a moment of the years 1970 to 9999. Of a deferral: 500 items in all parts together; `hop` and
/// `made` 0 to
/// 1,000,000, `granted` 0 to `made`; times 0 to 253,402,300,799,999 epoch milliseconds; `messageId` as `batchId`;
/// `httpStatus` 100 to 999, `kind` 64 and `detail` 1,024 characters; `sha256` 64 lower-case hex digits, `text` 4,096
/// and
/// `reason` 1 to 1,024 characters; all texts without control characters and lone surrogates.
///
/// A fault of one item is that item's alone ([InvalidItem]); a fault of `defaults`, `batchId` or the body's own form is
/// the whole message's ([Unreadable]), and so is one of a deferral outside of its `item`s. A deferral of a version that
/// this release does not know is neither ([UnknownVersion]), as long as it keeps within the limits of JSON.
public final class BatchReader {
    private static final List<String> BATCH_NAMES = List.of("batchId", "urls", "defaults");

    /// Our own fields, which a notification cannot have beside its message: one of the two would be lost.
    private static final List<String> NOT_OF_SNS = List.of("batchId", "urls", "defaults", "url");

    private final String messageId;

    private BatchReader(String messageId) {
        this.messageId = messageId;
    }

    /// Reads a body. Never throws: a body that cannot be read is a value too.
    ///
    /// @param body the message body as SQS hands it over
    /// @param messageId the SQS message id: the batch's name where the message gives none
    /// @return the items in the order written, or why there are none; every reason is one sentence on one line, and
    ///     shows no header value, which may be a secret
    public static Intake read(String body, String messageId) {
        try {
            return new BatchReader(messageId).read(body, false);
        } catch (Fault fault) {
            return new Unreadable(fault.reason());
        }
    }

    private Intake read(String body, boolean isUnwrapped) throws Fault {
        String text = body.startsWith("\uFEFF") ? body.substring(1) : body;
        if (!startsLikeJson(text)) {
            return new FetchBatch(messageId, ItemList.ofLines(text));
        }
        return switch (JsonReader.read(text)) {
            case JsonArray list -> new FetchBatch(messageId, ItemList.of(list, "", Options.NONE));
            case JsonObject object -> readObject(object, isUnwrapped);
            // A string is named by what it should be, since it has no field to name.
            case JsonValue string -> oneItem(string, "url");
        };
    }

    private Intake readObject(JsonObject object, boolean isUnwrapped) throws Fault {
        if (object.get("v") != null) {
            return deferral(object, isUnwrapped);
        }
        if (isNotification(object)) {
            return notification(object, isUnwrapped);
        }
        JsonValue urls = object.get("urls");
        if (urls != null) {
            return batch(object, urls);
        }
        if (object.get("url") != null) {
            return oneItem(object, "");
        }
        throw neitherForm(object);
    }

    private static Intake deferral(JsonObject object, boolean isUnwrapped) throws Fault {
        if (isUnwrapped) {
            // Nobody subscribed the queue to itself: this one is forged.
            throw new Fault("", "a deferral inside an SNS notification", "one straight from the queue");
        }
        return DeferralReader.read(object);
    }

    private FetchBatch oneItem(JsonValue item, String place) {
        return new FetchBatch(messageId, List.of(ItemReader.read(item, place, Options.NONE)));
    }

    private static boolean startsLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!SafeText.isJsonSpace(c)) {
                return c == '{' || c == '[' || c == '"';
            }
        }
        return false;
    }

    private FetchBatch batch(JsonObject object, JsonValue urls) throws Fault {
        if (object.get("url") != null) {
            throw new Fault("url", "a second form beside \"urls\"", "either \"urls\" or \"url\"");
        }
        object.expectOnly(BATCH_NAMES);
        String batchId = Options.name(object, "batchId");
        Options defaults = defaults(object.get("defaults"));
        if (!(urls instanceof JsonArray list)) {
            throw new Fault("urls", urls.shown(), "an array of items");
        }
        return new FetchBatch(batchId == null ? messageId : batchId, ItemList.of(list, "urls", defaults));
    }

    private static Options defaults(@Nullable JsonValue value) throws Fault {
        if (value == null) {
            return Options.NONE;
        }
        if (!(value instanceof JsonObject object)) {
            throw new Fault("defaults", value.shown(), "an object of options");
        }
        try {
            object.expectOnly(Options.NAMES);
            return Options.read(object).over(Options.NONE);
        } catch (Fault fault) {
            throw fault.within("defaults");
        }
    }

    private static boolean isNotification(JsonObject object) {
        return object.get("Type") instanceof JsonString type && type.text().equals("Notification");
    }

    private Intake notification(JsonObject object, boolean isUnwrapped) throws Fault {
        if (isUnwrapped) {
            throw new Fault("", "an SNS notification inside an SNS notification", "one notification at most");
        }
        object.expectNoDuplicate();
        for (String name : NOT_OF_SNS) {
            if (object.get(name) != null) {
                throw new Fault(name, "a field beside an SNS notification's own", "it inside \"Message\"");
            }
        }
        JsonValue message = object.get("Message");
        if (!(message instanceof JsonString inner)) {
            throw new Fault("Message", message == null ? "nothing" : message.shown(), "a string");
        }
        try {
            return read(inner.text(), true);
        } catch (Fault fault) {
            throw fault.within("Message");
        }
    }

    private static Fault neitherForm(JsonObject object) {
        JsonValue type = object.get("Type");
        return type == null
                ? new Fault("", "an object with neither", "\"urls\" (a list of items) or \"url\" (one item)")
                : new Fault("Type", type.shown(), "\"Notification\", or \"urls\" or \"url\" instead");
    }
}
