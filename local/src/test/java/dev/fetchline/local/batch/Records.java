package dev.fetchline.local.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records for tests, as the function writes them.
public final class Records {
    private Records() {}

    public static FetchRecord ok(String url, String fetchedAt, long durationMs) {
        Map<String, AttributeValue> row = row("b", url, "OK");
        row.put("httpStatus", AttributeValue.fromN("200"));
        row.put("bodyBytes", AttributeValue.fromN("12345"));
        row.put("fetchedAt", AttributeValue.fromS(fetchedAt));
        row.put("durationMs", AttributeValue.fromN(Long.toString(durationMs)));
        row.put("attempts", AttributeValue.fromN("2"));
        return new FetchRecord(row);
    }

    public static FetchRecord failed(String url, String kind, String detail) {
        Map<String, AttributeValue> row = row("b", url, "FAILED");
        row.put(
                "error",
                AttributeValue.fromM(
                        Map.of("kind", AttributeValue.fromS(kind), "detail", AttributeValue.fromS(detail))));
        return new FetchRecord(row);
    }

    /// Tried once, with a 503, and to be tried again.
    ///
    /// @param nextAttemptAt ISO-8601
    public static FetchRecord retrying(String url, String nextAttemptAt) {
        Map<String, AttributeValue> row = row("b", url, "RETRYING");
        row.put("httpStatus", AttributeValue.fromN("503"));
        row.put("attempts", AttributeValue.fromN("1"));
        row.put("nextAttemptAt", AttributeValue.fromS(nextAttemptAt));
        return new FetchRecord(row);
    }

    /// The same record, with what a server said of its next try.
    public static FetchRecord told(FetchRecord before, String header, long waitMs, String reading) {
        Map<String, AttributeValue> row = new LinkedHashMap<>(before.attributes());
        row.put(
                "retryAfter",
                AttributeValue.fromM(Map.of(
                        "header", AttributeValue.fromS(header),
                        "waitMs", AttributeValue.fromN(Long.toString(waitMs)),
                        "reading", AttributeValue.fromS(reading))));
        return new FetchRecord(row);
    }

    public static FetchRecord of(String batchId, String url, String status) {
        return new FetchRecord(row(batchId, url, status));
    }

    private static Map<String, AttributeValue> row(String batchId, String url, String status) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("batchId", AttributeValue.fromS(batchId));
        row.put("url", AttributeValue.fromS(url));
        row.put("submitted", AttributeValue.fromS(url));
        row.put("status", AttributeValue.fromS(status));
        return row;
    }
}
