package dev.fetchline.local.table;

import dev.fetchline.local.table.Condition.Attribute;
import dev.fetchline.local.table.Condition.Comparator;
import dev.fetchline.local.table.Condition.Literal;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A KeyConditionExpression: one partition, and what must hold of the sort key in it.
///
/// @param condition the whole
record KeyCondition(AttributeValue partition, Condition condition) {
    private static final String PARAMETER = "KeyConditionExpression";

    static KeyCondition parse(String text, TableShape shape, Placeholders placeholders) {
        Condition condition = ConditionParser.parse(PARAMETER, text, placeholders);
        Set<String> seen = new HashSet<>();
        requireKeysOnly(condition, shape, seen);
        AttributeValue partition = partitionOf(condition, shape)
                .orElseThrow(() -> TableErrors.validation("Query condition missed key schema element: "
                        + shape.partition().name()));
        if (partition.type() != shape.partition().valueType()) {
            throw TableErrors.invalidParameter("Condition parameter type does not match schema type");
        }
        return new KeyCondition(partition, condition);
    }

    private static void requireKeysOnly(Condition condition, TableShape shape, Set<String> seen) {
        switch (condition) {
            case Condition.Both(Condition left, Condition right) -> {
                requireKeysOnly(left, shape, seen);
                requireKeysOnly(right, shape, seen);
            }
            case Condition.Comparison(Attribute(String name), Comparator comparator, Literal _) -> {
                requireKey(name, shape, seen);
                if (comparator == Comparator.NOT_EQUAL) {
                    throw invalid("Invalid operator used in KeyConditionExpression: <>");
                }
            }
            case Condition.BeginsWith(Attribute(String name), Literal _) -> requireKey(name, shape, seen);
            case Condition.Either _ -> throw invalid("Invalid operator used in KeyConditionExpression: OR");
            case Condition.Not _ -> throw invalid("Invalid operator used in KeyConditionExpression: NOT");
            default -> throw invalid("The expression can only compare a key with a value");
        }
    }

    private static void requireKey(String name, TableShape shape, Set<String> seen) {
        if (!seen.add(name)) {
            throw invalid("KeyConditionExpressions must only contain one condition per key");
        }
        if (shape.keys().stream().noneMatch(key -> key.name().equals(name))) {
            throw TableErrors.validation("Query condition missed key schema element");
        }
    }

    private static Optional<AttributeValue> partitionOf(Condition condition, TableShape shape) {
        return switch (condition) {
            case Condition.Both(Condition left, Condition right) ->
                partitionOf(left, shape).or(() -> partitionOf(right, shape));
            case Condition.Comparison(Attribute(String name), Comparator comparator, Literal(AttributeValue value))
            when comparator == Comparator.EQUAL && name.equals(shape.partition().name()) -> Optional.of(value);
            default -> Optional.empty();
        };
    }

    boolean holds(Map<String, AttributeValue> item) {
        return condition.holds(item);
    }

    private static RuntimeException invalid(String sentence) {
        return TableErrors.validation(sentence);
    }
}
