package dev.fetchline.local.table;

import dev.fetchline.local.table.Condition.Attribute;
import dev.fetchline.local.table.Condition.Comparator;
import dev.fetchline.local.table.Condition.Operand;
import java.util.Locale;
import java.util.Set;

/// DynamoDB's conditions (its developer guide, "Condition and filter expressions, operators, and functions"):
/// NOT binds before AND, AND before OR. Attributes at the top of an item only; of the functions, those that
/// the project uses.
final class ConditionParser {
    private static final Set<String> FUNCTIONS = Set.of("attribute_exists", "attribute_not_exists", "begins_with");
    private static final Set<String> FUNCTIONS_OF_AWS_ONLY = Set.of("attribute_type", "contains", "size");

    private final ExpressionTokens tokens;
    private final Operands operands;

    /// The pair of parentheses that was read last.
    private int enclosedFrom = -1;

    private int enclosedTo = -1;

    private ConditionParser(ExpressionTokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        operands = new Operands(tokens, placeholders);
    }

    /// @param parameter what the expression is in the request, for the sentences
    static Condition parse(String parameter, String text, Placeholders placeholders) {
        ConditionParser parser = new ConditionParser(new ExpressionTokens(parameter, text), placeholders);
        Condition condition = parser.either();
        parser.tokens.requireEnd();
        return condition;
    }

    private Condition either() {
        Condition left = both();
        while (tokens.skip("OR")) {
            left = new Condition.Either(left, both());
        }
        return left;
    }

    private Condition both() {
        Condition left = negated();
        while (tokens.skip("AND")) {
            left = new Condition.Both(left, negated());
        }
        return left;
    }

    private Condition negated() {
        return tokens.skip("NOT") ? new Condition.Not(negated()) : primary();
    }

    private Condition primary() {
        int from = tokens.position();
        if (tokens.skip("(")) {
            Condition inner = either();
            if (enclosedFrom == from + 1 && enclosedTo == tokens.position()) {
                throw tokens.fault("The expression has redundant parentheses;");
            }
            tokens.require(")");
            enclosedFrom = from;
            enclosedTo = tokens.position();
            return inner;
        }
        return tokens.peek(1).equals("(") && Operands.isName(tokens.peek()) ? function() : comparison();
    }

    private Condition function() {
        String name = tokens.next();
        if (FUNCTIONS_OF_AWS_ONLY.contains(name)) {
            throw TableErrors.unsupported("the function " + name);
        }
        if (!FUNCTIONS.contains(name)) {
            throw tokens.fault("Invalid function name; function: " + name);
        }
        tokens.require("(");
        Operand first = operands.next();
        Condition condition;
        if (name.equals("begins_with")) {
            tokens.require(",");
            Operand beginning = operands.next();
            operands.requireText("begins_with", beginning);
            condition = new Condition.BeginsWith(first, beginning);
        } else if (first instanceof Attribute attribute) {
            Condition exists = new Condition.Exists(attribute.name());
            condition = name.equals("attribute_exists") ? exists : new Condition.Not(exists);
        } else {
            throw tokens.fault("Operator or function requires a document path; operator or function: " + name);
        }
        tokens.require(")");
        return condition;
    }

    private Condition comparison() {
        Operand left = operands.next();
        Comparator comparator = Comparator.of(tokens.peek());
        if (comparator == null) {
            String word = tokens.peek().toUpperCase(Locale.ROOT);
            if (word.equals("BETWEEN") || word.equals("IN")) {
                throw TableErrors.unsupported(word);
            }
            throw tokens.syntaxError();
        }
        tokens.next();
        Operand right = operands.next();
        if (left instanceof Attribute(String name) && left.equals(right)) {
            throw tokens.fault("The first operand must be distinct from the remaining operands for this operator or"
                    + " function; operator: " + comparator.sign + ", first operand: [" + name + "]");
        }
        if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL) {
            operands.requireOrdered(comparator.sign, left);
            operands.requireOrdered(comparator.sign, right);
        }
        return new Condition.Comparison(left, comparator, right);
    }
}
