package dev.fetchline.local.simulation;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What the checker wants to know of a record in the table.
record Row(
        String status,
        long requestedAt,
        long hop,
        @Nullable Integer httpStatus,
        @Nullable String bodySha256,
        @Nullable String errorKind) {
    static Row of(Map<String, AttributeValue> item) {
        AttributeValue error = item.get("error");
        AttributeValue httpStatus = item.get("httpStatus");
        return new Row(
                String.valueOf(text(item, "status")),
                number(item, "requestedAt"),
                number(item, "hop"),
                httpStatus == null ? null : Integer.valueOf(httpStatus.n()),
                text(item, "bodySha256"),
                error == null || !error.hasM() ? null : text(error.m(), "kind"));
    }

    static Key keyOf(Map<String, AttributeValue> item) {
        return new Key(String.valueOf(text(item, "batchId")), String.valueOf(text(item, "url")));
    }

    boolean isFinal() {
        return !status.equals("RETRYING");
    }

    private static @Nullable String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null ? null : value.s();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? 0 : new BigDecimal(value.n()).longValue();
    }
}
