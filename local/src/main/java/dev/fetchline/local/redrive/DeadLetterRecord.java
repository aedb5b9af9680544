package dev.fetchline.local.redrive;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.record.RecordKey;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A dead letter, or one URL of it, with the names of a record: what `--where` looks at.
final class DeadLetterRecord {
    /// `error.kind` of a message that cannot be read.
    static final String UNREADABLE = "UNREADABLE";

    private DeadLetterRecord() {}

    /// One URL: `batchId`, `url` and `host`, `submitted`, `request.method`, `tag`, `status`, `attempts`, `httpStatus`
    /// and `earlier` as its record has them or would; `messageId` and `error.detail` of the message and its reason.
    static FetchRecord of(DeadLetter letter, DeferredItem entry) {
        Map<String, AttributeValue> row = start(letter, Evidence.DEAD_LETTER);
        text(row, "batchId", entry.batchId());
        switch (entry.entry()) {
            case FetchItem item -> {
                text(row, "url", keyOf(entry.batchId(), item));
                text(row, "submitted", item.url());
                text(row, "status", "RETRYING");
                row.put(
                        "request",
                        AttributeValue.fromM(Map.of(
                                "method", AttributeValue.fromS(item.method().name()))));
                if (item.tag() != null) {
                    text(row, "tag", item.tag());
                }
            }
            case InvalidItem item -> {
                text(
                        row,
                        "url",
                        RecordKey.ofInvalid(entry.batchId(), item.sha256()).url());
                text(row, "submitted", item.text());
                text(row, "status", "INVALID");
            }
        }
        number(row, "hop", entry.progress().hop());
        number(row, "requestedAt", entry.origin().requestedAt());
        Earlier evidence = Evidence.ofDead(entry, letter.reason());
        number(row, "attempts", evidence.attempts());
        if (evidence.httpStatus() != null) {
            number(row, "httpStatus", evidence.httpStatus());
        }
        return new FetchRecord(row);
    }

    /// A message that cannot be read: `submitted` is its body.
    static FetchRecord of(DeadLetter letter) {
        Map<String, AttributeValue> row = start(letter, UNREADABLE);
        text(row, "submitted", letter.message().body());
        number(row, "requestedAt", letter.sentAt().toEpochMilli());
        return new FetchRecord(row);
    }

    /// The sort key that the record of an item has.
    static String keyOf(String batchId, FetchItem item) {
        return switch (FetchUrl.read(item.url())) {
            case FetchUrl url -> RecordKey.of(batchId, item.method(), url).url();
            case UrlReading.Refused refused ->
                RecordKey.ofText(batchId, item.method(), refused.key()).url();
            case UrlReading.Invalid invalid ->
                RecordKey.ofInvalid(
                                batchId,
                                InvalidItem.ofText(item.url(), invalid.reason()).sha256())
                        .url();
        };
    }

    private static Map<String, AttributeValue> start(DeadLetter letter, String kind) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        text(row, "messageId", letter.originalId());
        row.put(
                "error",
                AttributeValue.fromM(
                        Map.of("kind", AttributeValue.fromS(kind), "detail", AttributeValue.fromS(letter.reason()))));
        return row;
    }

    private static void text(Map<String, AttributeValue> row, String name, String value) {
        row.put(name, AttributeValue.fromS(value));
    }

    private static void number(Map<String, AttributeValue> row, String name, long value) {
        row.put(name, AttributeValue.fromN(Long.toString(value)));
    }
}
