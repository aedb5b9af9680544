package dev.fetchline.local.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A record as names and texts: what [Expected] names.
final class Flat {
    private static final int DETAIL_CHARS_MAX = 160;

    private Flat() {}

    static Map<String, String> of(Map<String, AttributeValue> row) {
        Map<String, String> flat = new LinkedHashMap<>();
        row.forEach((name, value) -> {
            if (value.s() != null) {
                flat.put(name, value.s());
            } else if (value.n() != null) {
                flat.put(name, value.n());
            } else if (value.b() != null) {
                flat.put(name, "(" + value.b().asByteArrayUnsafe().length + " bytes)");
            }
        });
        parts(row, "error").forEach((name, value) -> {
            if (name.equals("kind")) {
                flat.put("error", value.s());
            } else if (name.equals("detail")) {
                flat.put("detail", value.s().substring(0, Math.min(value.s().length(), DETAIL_CHARS_MAX)));
            }
        });
        parts(row, "headers").forEach((name, value) -> {
            if (value.s() != null) {
                flat.put("header " + name, value.s());
            }
        });
        return flat;
    }

    private static Map<String, AttributeValue> parts(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        return value == null || !value.hasM() ? Map.of() : value.m();
    }
}
