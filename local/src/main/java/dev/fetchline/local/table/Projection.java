package dev.fetchline.local.table;

import java.util.ArrayList;
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
        return new Projection(expression == null ? null : parse(expression, placeholders));
    }

    private static List<String> parse(String expression, Placeholders placeholders) {
        ExpressionTokens tokens = new ExpressionTokens("ProjectionExpression", expression);
        Operands operands = new Operands(tokens, placeholders);
        List<String> names = new ArrayList<>();
        do {
            String name = operands.nextAttribute();
            if (names.contains(name)) {
                throw tokens.fault("Two document paths overlap with each other; must remove or rewrite one of these"
                        + " paths; path one: [" + name + "], path two: [" + name + "]");
            }
            names.add(name);
        } while (tokens.skip(","));
        tokens.requireEnd();
        return names;
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
