package dev.fetchline.record;

import dev.fetchline.intake.Earlier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attribute `earlier`: what came of the item when it was submitted before, as its sender says.
final class EarlierMap {
    static final String NAME = "earlier";

    private EarlierMap() {}

    static void put(Map<String, AttributeValue> row, @Nullable Earlier earlier) {
        if (earlier != null) {
            row.put(NAME, of(earlier));
        }
    }

    private static AttributeValue of(Earlier earlier) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        map.put("status", AttributeValue.fromS(earlier.status()));
        if (earlier.httpStatus() != null) {
            map.put("httpStatus", number(earlier.httpStatus()));
        }
        Earlier.Failure failure = earlier.failure();
        if (failure != null) {
            map.put(
                    "error",
                    AttributeValue.fromM(Map.of(
                            "kind", AttributeValue.fromS(failure.kind()),
                            "detail", AttributeValue.fromS(failure.detail()))));
        }
        map.put("attempts", number(earlier.attempts()));
        if (earlier.fetchedAt() != null) {
            map.put("fetchedAt", AttributeValue.fromS(earlier.fetchedAt().toString()));
        }
        map.put("times", number(earlier.times()));
        return AttributeValue.fromM(map);
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
