package dev.fetchline.local.table;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A condition of DynamoDB's expression language, as a tree that an item is held against.
sealed interface Condition {

    /// Whether it is true of an item.
    ///
    /// @param item the item that stands; empty where there is none
    boolean holds(Map<String, AttributeValue> item);

    record Either(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return left.holds(item) || right.holds(item);
        }
    }

    record Both(Condition left, Condition right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return left.holds(item) && right.holds(item);
        }
    }

    record Not(Condition inner) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return !inner.holds(item);
        }
    }

    record Exists(String attribute) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            return item.containsKey(attribute);
        }
    }

    /// Of strings and of binaries; false for any other type.
    record BeginsWith(Operand whole, Operand beginning) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue its = whole.in(item);
            AttributeValue start = beginning.in(item);
            if (its == null || start == null || its.type() != start.type()) {
                return false;
            }
            return switch (its.type()) {
                case S -> its.s().startsWith(start.s());
                case B -> {
                    byte[] bytes = its.b().asByteArrayUnsafe();
                    byte[] first = start.b().asByteArrayUnsafe();
                    yield bytes.length >= first.length && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
                }
                default -> false;
            };
        }
    }

    /// False where one side is missing or the types differ, but for `<>`, which is then true.
    record Comparison(Operand left, Comparator comparator, Operand right) implements Condition {
        @Override
        public boolean holds(Map<String, AttributeValue> item) {
            AttributeValue one = left.in(item);
            AttributeValue other = right.in(item);
            if (one == null || other == null) {
                return comparator == Comparator.NOT_EQUAL;
            }
            return switch (comparator) {
                case EQUAL -> Scalars.equal(one, other);
                case NOT_EQUAL -> !Scalars.equal(one, other);
                default ->
                    one.type() == other.type()
                            && Scalars.isOrdered(one)
                            && comparator.allows(Scalars.compare(one, other));
            };
        }
    }

    /// A side of a comparison.
    sealed interface Operand {
        /// Null where the item has no such attribute.
        @Nullable
        AttributeValue in(Map<String, AttributeValue> item);
    }

    record Attribute(String name) implements Operand {
        @Override
        public @Nullable AttributeValue in(Map<String, AttributeValue> item) {
            return item.get(name);
        }
    }

    record Literal(AttributeValue value) implements Operand {
        @Override
        public AttributeValue in(Map<String, AttributeValue> item) {
            return value;
        }
    }

    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        BELOW("<"),
        AT_MOST("<="),
        ABOVE(">"),
        AT_LEAST(">=");

        final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        static @Nullable Comparator of(String sign) {
            for (Comparator each : values()) {
                if (each.sign.equals(sign)) {
                    return each;
                }
            }
            return null;
        }

        boolean allows(int compared) {
            return switch (this) {
                case EQUAL -> compared == 0;
                case NOT_EQUAL -> compared != 0;
                case BELOW -> compared < 0;
                case AT_MOST -> compared <= 0;
                case ABOVE -> compared > 0;
                case AT_LEAST -> compared >= 0;
            };
        }
    }
}
