package dev.fetchline.local.table;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What a table takes as an item or a key, and the sentences with which it refuses another.
final class ItemRules {
    /// DynamoDB's limits (its developer guide, "Constraints").
    static final int ITEM_BYTES_MAX = 400 * 1024;

    static final int PARTITION_KEY_BYTES_MAX = 2_048;
    static final int SORT_KEY_BYTES_MAX = 1_024;
    private static final int DEPTH_MAX = 32;

    private final TableShape shape;

    ItemRules(TableShape shape) {
        this.shape = shape;
    }

    /// The item as it is stored.
    Map<String, AttributeValue> item(@Nullable Map<String, AttributeValue> given) {
        if (given == null) {
            throw TableErrors.validation("1 validation error detected: Value null at 'item' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        Map<String, AttributeValue> item = values(given);
        for (TableShape.Key key : shape.keys()) {
            AttributeValue value = item.get(key.name());
            if (value == null) {
                throw TableErrors.invalidParameter("Missing the key " + key.name() + " in the item");
            }
            if (value.type() != key.valueType()) {
                throw TableErrors.invalidParameter("Type mismatch for key " + key.name() + " expected: " + key.type()
                        + " actual: " + nameOf(value.type()));
            }
            requireKeySize(key, value);
        }
        if (ItemSize.of(item) > ITEM_BYTES_MAX) {
            throw TableErrors.validation("Item size has exceeded the maximum allowed size");
        }
        return item;
    }

    /// The key as it is stored: the key attributes and nothing else.
    Map<String, AttributeValue> key(Map<String, AttributeValue> given) {
        Map<String, AttributeValue> key = values(given);
        boolean fits = key.size() == shape.keys().size()
                && shape.keys().stream().allMatch(each -> {
                    AttributeValue value = key.get(each.name());
                    return value != null && value.type() == each.valueType();
                });
        if (!fits) {
            throw TableErrors.validation("The provided key element does not match the schema");
        }
        shape.keys().forEach(each -> requireKeySize(each, shape.keyOf(key).get(each.name())));
        return key;
    }

    private void requireKeySize(TableShape.Key key, @Nullable AttributeValue value) {
        boolean first = key.equals(shape.partition());
        int bytes = value == null ? 0 : ItemSize.of(value);
        if (bytes == 0) {
            throw TableErrors.validation(
                    "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an"
                            + " empty " + (key.valueType() == AttributeValue.Type.B ? "binary" : "string")
                            + " value. Key: " + key.name());
        }
        int max = first ? PARTITION_KEY_BYTES_MAX : SORT_KEY_BYTES_MAX;
        if (bytes > max) {
            throw TableErrors.invalidParameter("Size of " + (first ? "hashkey" : "rangekey")
                    + " has exceeded the maximum size limit of " + max + " bytes");
        }
    }

    private static Map<String, AttributeValue> values(Map<String, AttributeValue> given) {
        return values(given, 1);
    }

    private static Map<String, AttributeValue> values(Map<String, AttributeValue> given, int depth) {
        Map<String, AttributeValue> stored = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw TableErrors.validation("Empty attribute name");
            }
            stored.put(name, value(value, depth));
        });
        return stored;
    }

    /// A value as it is stored and compared.
    static AttributeValue value(AttributeValue given) {
        return value(given, 1);
    }

    private static AttributeValue value(@Nullable AttributeValue given, int depth) {
        if (given == null || given.type() == AttributeValue.Type.UNKNOWN_TO_SDK_VERSION) {
            throw TableErrors.validation(
                    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
        if (depth > DEPTH_MAX) {
            throw TableErrors.validation(
                    "Nesting Levels have exceeded supported limits: Attributes can only be nested up to 32 levels deep");
        }
        return switch (given.type()) {
            case N -> AttributeValue.fromN(Numbers.normal(given.n()));
            case NS -> AttributeValue.fromNs(set(given.ns(), "number", Numbers::normal));
            case SS -> AttributeValue.fromSs(set(given.ss(), "string", UnaryOperator.identity()));
            case BS -> AttributeValue.fromBs(set(given.bs(), "binary", UnaryOperator.identity()));
            case L ->
                AttributeValue.fromL(
                        given.l().stream().map(each -> value(each, depth + 1)).toList());
            case M -> AttributeValue.fromM(values(given.m(), depth + 1));
            case NUL -> {
                if (!given.nul()) {
                    throw TableErrors.invalidParameter("Null attribute value types must have the value of true");
                }
                yield given;
            }
            default -> given;
        };
    }

    private static <T> List<T> set(List<T> given, String kind, UnaryOperator<T> normal) {
        if (given.isEmpty()) {
            throw TableErrors.invalidParameter("An " + kind + " set  may not be empty");
        }
        List<T> stored = given.stream().map(normal).toList();
        if (new HashSet<>(stored).size() < stored.size()) {
            throw TableErrors.invalidParameter("Input collection " + given + " contains duplicates.");
        }
        return stored;
    }

    /// A type as DynamoDB writes it.
    static String nameOf(AttributeValue.Type type) {
        return type == AttributeValue.Type.NUL ? "NULL" : type.name();
    }
}
