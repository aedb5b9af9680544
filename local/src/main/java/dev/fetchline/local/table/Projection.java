package dev.fetchline.local.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.util.DefaultSdkAutoConstructMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attributes of an item that a read asks for.
///
/// @param names null for all
record Projection(@Nullable List<String> names) {

    /// For a request that has no other expression.
    ///
    /// @param expression null where the request has none
    static Projection alone(@Nullable String expression, Map<String, String> names) {
        Placeholders placeholders = Placeholders.of(names, DefaultSdkAutoConstructMap.getInstance());
        if (expression == null) {
            placeholders.requireNone();
        }
        Projection projection = of(expression, placeholders);
        placeholders.requireAllSaid();
        return projection;
    }

    static Projection of(@Nullable String expression, Placeholders placeholders) {
        return new Projection(expression == null ? null : ExpressionParser.projection(expression, placeholders));
    }

    List<Map<String, AttributeValue>> of(List<Map<String, AttributeValue>> items) {
        return items.stream().map(this::of).toList();
    }

    Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        if (names == null) {
            return item;
        }
        Map<String, AttributeValue> projected = new LinkedHashMap<>();
        for (String name : names) {
            AttributeValue value = item.get(name);
            if (value != null) {
                projected.put(name, value);
            }
        }
        return projected;
    }
}
