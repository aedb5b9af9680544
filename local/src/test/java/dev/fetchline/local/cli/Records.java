package dev.fetchline.local.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records for tests, as the function writes them.
final class Records {
    private Records() {}

    static FetchRecord ok(String url, String fetchedAt, long durationMs) {
        Map<String, AttributeValue> row = row("b", url, "OK");
        row.put("httpStatus", AttributeValue.fromN("200"));
        row.put("bodyBytes", AttributeValue.fromN("12345"));
        row.put("fetchedAt", AttributeValue.fromS(fetchedAt));
        row.put("durationMs", AttributeValue.fromN(Long.toString(durationMs)));
        row.put("attempts", AttributeValue.fromN("2"));
        return new FetchRecord(row);
    }

    static FetchRecord failed(String url, String kind, String detail) {
        Map<String, AttributeValue> row = row("b", url, "FAILED");
        row.put(
                "error",
                AttributeValue.fromM(
                        Map.of("kind", AttributeValue.fromS(kind), "detail", AttributeValue.fromS(detail))));
        return new FetchRecord(row);
    }

    static FetchRecord of(String batchId, String url, String status) {
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
