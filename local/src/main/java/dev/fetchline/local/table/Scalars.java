package dev.fetchline.local.table;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Values as DynamoDB compares them: numbers as numbers, strings and binaries by their bytes, and nothing across types.
final class Scalars {
    private Scalars() {}

    /// Whether values of this type have an order.
    static boolean isOrdered(AttributeValue value) {
        return switch (value.type()) {
            case S, N, B -> true;
            default -> false;
        };
    }

    /// Below, at or above zero.
    ///
    /// @param one a string, number or binary
    /// @param other of the same type
    static int compare(AttributeValue one, AttributeValue other) {
        return switch (one.type()) {
            case S -> compare(one.s(), other.s());
            case N -> new BigDecimal(one.n()).compareTo(new BigDecimal(other.n()));
            case B ->
                Arrays.compareUnsigned(one.b().asByteArrayUnsafe(), other.b().asByteArrayUnsafe());
            default -> throw new IllegalArgumentException("Values of type " + one.type() + " have no order.");
        };
    }

    /// By bytes of UTF-8, which is by code point: `String` itself puts those past U+FFFF before U+E000.
    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int at = 0; at < length; at++) {
            char a = one.charAt(at);
            char b = other.charAt(at);
            if (a != b) {
                boolean pair = Character.isSurrogate(a);
                return pair == Character.isSurrogate(b) ? Character.compare(a, b) : pair ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /// Deep; sets in any order.
    static boolean equal(AttributeValue one, AttributeValue other) {
        if (one.type() != other.type()) {
            return false;
        }
        return switch (one.type()) {
            case S, N, B -> compare(one, other) == 0;
            case BOOL -> one.bool().equals(other.bool());
            case NUL -> true;
            case L -> equalLists(one.l(), other.l());
            case M -> equalMaps(one.m(), other.m());
            case SS ->
                equalSets(
                        one.ss().stream().map(AttributeValue::fromS).toList(),
                        other.ss().stream().map(AttributeValue::fromS).toList());
            case NS ->
                equalSets(
                        one.ns().stream().map(AttributeValue::fromN).toList(),
                        other.ns().stream().map(AttributeValue::fromN).toList());
            case BS ->
                equalSets(
                        one.bs().stream().map(AttributeValue::fromB).toList(),
                        other.bs().stream().map(AttributeValue::fromB).toList());
            default -> false;
        };
    }

    private static boolean equalLists(List<AttributeValue> one, List<AttributeValue> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int at = 0; at < one.size(); at++) {
            if (!equal(one.get(at), other.get(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<String, AttributeValue> one, Map<String, AttributeValue> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(entry -> {
                    AttributeValue its = other.get(entry.getKey());
                    return its != null && equal(entry.getValue(), its);
                });
    }

    private static boolean equalSets(List<AttributeValue> one, List<AttributeValue> other) {
        return equalLists(
                one.stream().sorted(Scalars::compare).toList(),
                other.stream().sorted(Scalars::compare).toList());
    }

    static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
