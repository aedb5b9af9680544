package dev.fetchline.record;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
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
    /// say so.
    ResultRecord shrunkToFit() {
        if (bytesAtMost(item) <= ITEM_BYTES_MAX) {
            return this;
        }
        ResultRecord small = this;
        if (small.bytes() > ITEM_BYTES_MAX) {
            small = small.with("body", null).with("bodyEncoding", null).with("bodyStored", "ITEM_LIMIT");
        }
        if (small.bytes() > ITEM_BYTES_MAX) {
            small = small.withoutHeaders();
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
        return bytesOf(item);
    }

    /// Without a look at the characters: nearly every record is far from the limit.
    private static long bytesAtMost(Map<String, AttributeValue> map) {
        long bytes = 3;
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            bytes += 3L * entry.getKey().length() + bytesAtMost(entry.getValue()) + 1;
        }
        return bytes;
    }

    private static long bytesAtMost(AttributeValue value) {
        return switch (value.type()) {
            // A char takes at most 3 bytes of UTF-8.
            case S -> 3L * value.s().length();
            case M -> bytesAtMost(value.m());
            default -> bytesOf(value);
        };
    }

    private static int bytesOf(Map<String, AttributeValue> map) {
        int bytes = 3;
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            bytes += Utf8.length(entry.getKey()) + bytesOf(entry.getValue()) + 1;
        }
        return bytes;
    }

    private static int bytesOf(AttributeValue value) {
        return switch (value.type()) {
            case S -> Utf8.length(value.s());
            case N -> value.n().length();
            case B -> value.b().asByteArrayUnsafe().length;
            case M -> bytesOf(value.m());
            case L ->
                3 + value.l().stream().mapToInt(element -> bytesOf(element) + 1).sum();
            default -> 1;
        };
    }
}
