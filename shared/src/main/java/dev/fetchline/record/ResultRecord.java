package dev.fetchline.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// One row of the table, ready to be written.
///
/// @param requestedAt when the message was sent, epoch milliseconds: of two records of a key the
///     later request's stands
/// @param hop how often its item was deferred before
/// @param item all attributes, the key's included
public record ResultRecord(
        RecordKey key, RecordStatus status, long requestedAt, int hop, Map<String, AttributeValue> item) {
    /// DynamoDB's limit is 400 KB of names and values (its developer guide, "Constraints"); some room is
    /// left for how it counts numbers and nesting.
    static final int ITEM_BYTES_MAX = 390_000;

    public ResultRecord {
        item = Collections.unmodifiableMap(new LinkedHashMap<>(item));
    }

    /// This record, or one small enough for the table: without its body, then without its headers; both
    /// say so. Last of all goes what came of the item before.
    ResultRecord shrunkToFit() {
        // A char takes at most 3 bytes of UTF-8, and nearly every record is far from the limit.
        if (bytesOf(item, text -> 3 * text.length()) <= ITEM_BYTES_MAX) {
            return this;
        }
        ResultRecord small = this;
        if (small.bytes() > ITEM_BYTES_MAX) {
            small = small.with("body", null).with("bodyEncoding", null).with("bodyStored", "ITEM_LIMIT");
        }
        if (small.bytes() > ITEM_BYTES_MAX) {
            small = small.withoutHeaders();
        }
        if (small.bytes() > ITEM_BYTES_MAX) {
            small = small.with(EarlierMap.NAME, null);
        }
        return small;
    }

    private ResultRecord withoutHeaders() {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
        AttributeValue headers = changed.remove("headers");
        AttributeValue omitted = changed.get("headersOmitted");
        int count = (headers == null ? 0 : headers.m().size()) + (omitted == null ? 0 : Integer.parseInt(omitted.n()));
        changed.put("headersOmitted", AttributeValue.fromN(Integer.toString(count)));
        return new ResultRecord(key, status, requestedAt, hop, changed);
    }

    private ResultRecord with(String name, @Nullable String value) {
        Map<String, AttributeValue> changed = new LinkedHashMap<>(item);
        changed.remove(name);
        if (value != null) {
            changed.put(name, AttributeValue.fromS(value));
        }
        return new ResultRecord(key, status, requestedAt, hop, changed);
    }

    private int bytes() {
        return bytesOf(item, Utf8::length);
    }

    /// @param text bytes of a text
    private static int bytesOf(Map<String, AttributeValue> map, ToIntFunction<String> text) {
        int bytes = 3;
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            bytes += text.applyAsInt(entry.getKey()) + bytesOf(entry.getValue(), text) + 1;
        }
        return bytes;
    }

    private static int bytesOf(AttributeValue value, ToIntFunction<String> text) {
        return switch (value.type()) {
            case S -> text.applyAsInt(value.s());
            case N -> value.n().length();
            case B -> value.b().asByteArrayUnsafe().length;
            case M -> bytesOf(value.m(), text);
            case L ->
                3
                        + value.l().stream()
                                .mapToInt(element -> bytesOf(element, text) + 1)
                                .sum();
            default -> 1;
        };
    }
}
