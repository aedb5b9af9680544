package dev.fetchline.local.table;

import java.math.BigDecimal;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Bytes of an item as DynamoDB counts them (its developer guide, "DynamoDB item sizes and formats"): names
/// and values in UTF-8, a number by its digits, a byte for each element of a list or map and three for
/// itself.
public final class ItemSize {
    private ItemSize() {}

    /// Bytes of a whole item.
    public static int of(Map<String, AttributeValue> item) {
        int bytes = 0;
        for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
            bytes += Scalars.utf8Length(entry.getKey()) + of(entry.getValue());
        }
        return bytes;
    }

    static int of(AttributeValue value) {
        return switch (value.type()) {
            case S -> Scalars.utf8Length(value.s());
            case N -> ofNumber(value.n());
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToInt(Scalars::utf8Length).sum();
            case NS -> value.ns().stream().mapToInt(ItemSize::ofNumber).sum();
            case BS ->
                value.bs().stream()
                        .mapToInt(each -> each.asByteArrayUnsafe().length)
                        .sum();
            case L -> 3 + value.l().stream().mapToInt(each -> 1 + of(each)).sum();
            case M -> 3 + value.m().size() + of(value.m());
            default -> 1;
        };
    }

    /// About a byte for two significant digits, and one.
    private static int ofNumber(String text) {
        return (new BigDecimal(text).stripTrailingZeros().precision() + 1) / 2 + 1;
    }
}
