package dev.fetchline.local.batch;

import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// An expression that selects records, taken apart.
sealed interface WhereNode {
    /// Whether it holds of a record.
    boolean holds(FetchRecord fetched);

    /// The attributes of the table that it looks at.
    Stream<String> attributes();

    /// All of them hold.
    record All(List<WhereNode> nodes) implements WhereNode {
        @Override
        public boolean holds(FetchRecord fetched) {
            return nodes.stream().allMatch(node -> node.holds(fetched));
        }

        @Override
        public Stream<String> attributes() {
            return nodes.stream().flatMap(WhereNode::attributes);
        }
    }

    /// One of them holds.
    record Any(List<WhereNode> nodes) implements WhereNode {
        @Override
        public boolean holds(FetchRecord fetched) {
            return nodes.stream().anyMatch(node -> node.holds(fetched));
        }

        @Override
        public Stream<String> attributes() {
            return nodes.stream().flatMap(WhereNode::attributes);
        }
    }

    /// The other does not hold.
    record Not(WhereNode node) implements WhereNode {
        @Override
        public boolean holds(FetchRecord fetched) {
            return !node.holds(fetched);
        }

        @Override
        public Stream<String> attributes() {
            return node.attributes();
        }
    }

    /// The record has it.
    record Exists(RecordField field) implements WhereNode {
        @Override
        public boolean holds(FetchRecord fetched) {
            return field.of(fetched) != null;
        }

        @Override
        public Stream<String> attributes() {
            return Stream.of(field.attribute());
        }
    }

    /// How a field and a value compare. What a record does not have compares in no way, so only `!=` holds of it.
    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        CONTAINS("~"),
        BEGINS_WITH("^=");

        private static final Set<Operator> OF_TEXTS = Set.of(CONTAINS, BEGINS_WITH);

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isForTextsOnly() {
            return OF_TEXTS.contains(this);
        }

        boolean isOrder() {
            return this == LESS || this == LESS_OR_EQUAL || this == GREATER || this == GREATER_OR_EQUAL;
        }

        /// Whether it holds of two values that compare so.
        boolean holds(int comparison) {
            return switch (this) {
                case EQUAL -> comparison == 0;
                case NOT_EQUAL -> comparison != 0;
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
                case CONTAINS, BEGINS_WITH -> throw new IllegalStateException(sign + " compares texts");
            };
        }
    }

    /// A field compares so with a value.
    ///
    /// @param value as the field's kind has it: of a number its digits, of a time ISO 8601
    record Comparison(RecordField field, Operator operator, String value) implements WhereNode {
        @Override
        public boolean holds(FetchRecord fetched) {
            String found = field.of(fetched);
            if (found == null) {
                return operator == Operator.NOT_EQUAL;
            }
            return switch (operator) {
                case CONTAINS -> found.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
                case BEGINS_WITH ->
                    field.kind() == RecordField.Kind.TEXT
                            ? found.startsWith(value)
                            : found.regionMatches(true, 0, value, 0, value.length());
                default -> holdsOfOrder(found);
            };
        }

        /// What another program wrote into the table as something else than the function does compares in no way.
        private boolean holdsOfOrder(String found) {
            try {
                return operator.holds(
                        switch (field.kind()) {
                            case TEXT -> found.compareTo(value);
                            case WORD, STATUS -> found.compareToIgnoreCase(value);
                            case NUMBER -> Long.compare(Long.parseLong(found), Long.parseLong(value));
                            case TIME -> RecordField.time(found).compareTo(RecordField.time(value));
                        });
            } catch (NumberFormatException | DateTimeException _) {
                return operator == Operator.NOT_EQUAL;
            }
        }

        @Override
        public Stream<String> attributes() {
            return Stream.of(field.attribute());
        }
    }
}
