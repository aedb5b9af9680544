package dev.fetchline.local.batch;

import dev.fetchline.progress.KeySum;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What `submit` says of a batch in the batches table: how much it is, and how it is split.
///
/// @param batchId of the whole
/// @param submittedAt when submitting began
/// @param isSent whether all messages were accepted; false while they are being sent, and after an interruption
/// @param urls distinct keys in the batch
/// @param sent URLs in messages that the queue has accepted
/// @param messages that carry the URLs
/// @param parts number of partitions; 0 for one under the batch's own name
/// @param keys of each part, by its name
/// @param tag of all its URLs, where one was given
/// @param expiresAt when the row may go
public record BatchHead(
        String batchId,
        Instant submittedAt,
        boolean isSent,
        long urls,
        long sent,
        long messages,
        int parts,
        Map<String, KeySum> keys,
        Optional<String> tag,
        Instant expiresAt) {
    /// The sort key of a head.
    static final String ENTRY = "head";

    /// How the batch is split.
    public BatchParts split() {
        return new BatchParts(batchId, parts);
    }

    /// The same with another count of accepted URLs.
    public BatchHead withSent(long accepted, boolean isAll) {
        return new BatchHead(batchId, submittedAt, isAll, urls, accepted, messages, parts, keys, tag, expiresAt);
    }

    Map<String, AttributeValue> toItem() {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("batchId", AttributeValue.fromS(batchId));
        item.put("entry", AttributeValue.fromS(ENTRY));
        item.put("submittedAt", AttributeValue.fromS(submittedAt.toString()));
        item.put("state", AttributeValue.fromS(isSent ? "SENT" : "SENDING"));
        item.put("urls", number(urls));
        item.put("sent", number(sent));
        item.put("messages", number(messages));
        item.put("parts", number(parts));
        Map<String, AttributeValue> sums = new LinkedHashMap<>();
        keys.forEach((part, sum) -> sums.put(part, AttributeValue.fromS(sum.toString())));
        item.put("keys", AttributeValue.fromM(sums));
        tag.ifPresent(text -> item.put("tag", AttributeValue.fromS(text)));
        item.put("expiresAt", number(expiresAt.getEpochSecond()));
        return item;
    }

    static BatchHead of(Map<String, AttributeValue> item) {
        FetchRecord row = new FetchRecord(item);
        AttributeValue sums = item.get("keys");
        Map<String, KeySum> keys = new LinkedHashMap<>();
        if (sums != null && sums.hasM()) {
            sums.m().forEach((part, sum) -> keys.put(part, KeySum.parse(sum.s())));
        }
        return new BatchHead(
                row.batchId(),
                Instant.parse(String.valueOf(row.text("submittedAt"))),
                "SENT".equals(row.text("state")),
                count(row, "urls"),
                count(row, "sent"),
                count(row, "messages"),
                (int) count(row, "parts"),
                keys,
                Optional.ofNullable(row.text("tag")),
                Instant.ofEpochSecond(count(row, "expiresAt")));
    }

    private static long count(FetchRecord row, String name) {
        Long value = row.number(name);
        return value == null ? 0 : value;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
