package dev.fetchline.local.table;

import dev.fetchline.local.table.Condition.Attribute;
import dev.fetchline.local.table.Condition.Comparator;
import dev.fetchline.local.table.Condition.Literal;
import dev.fetchline.local.table.Condition.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// DynamoDB's expressions (its developer guide, "Condition and filter expressions, operators, and functions"): NOT
/// binds
/// before AND, AND before OR. Attributes at the top of an item only; of the functions, those that the project uses.
final class ExpressionParser {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Set<String> FUNCTIONS = Set.of("attribute_exists", "attribute_not_exists", "begins_with");
    private static final Set<String> FUNCTIONS_OF_AWS_ONLY = Set.of("attribute_type", "contains", "size");

    private final ExpressionTokens tokens;
    private final Placeholders placeholders;

    /// The pair of parentheses that was read last.
    private int enclosedFrom = -1;

    private int enclosedTo = -1;

    private ExpressionParser(ExpressionTokens tokens, Placeholders placeholders) {
        this.tokens = tokens;
        this.placeholders = placeholders;
    }

    /// @param parameter what the expression is in the request, for the sentences
    static Condition condition(String parameter, String text, Placeholders placeholders) {
        ExpressionParser parser = new ExpressionParser(new ExpressionTokens(parameter, text), placeholders);
        Condition condition = parser.either();
        parser.tokens.requireEnd();
        return condition;
    }

    /// The attributes that a ProjectionExpression names.
    static List<String> projection(String text, Placeholders placeholders) {
        ExpressionParser parser =
                new ExpressionParser(new ExpressionTokens("ProjectionExpression", text), placeholders);
        List<String> names = new ArrayList<>();
        do {
            String name = parser.attribute();
            if (names.contains(name)) {
                throw parser.tokens.fault("Two document paths overlap with each other; must remove or rewrite one of"
                        + " these paths; path one: [" + name + "], path two: [" + name + "]");
            }
            names.add(name);
        } while (parser.tokens.skip(","));
        parser.tokens.requireEnd();
        return names;
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
        return tokens.peek(1).equals("(") && NAME.matcher(tokens.peek()).matches() ? function() : comparison();
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
        Operand first = operand();
        Condition condition;
        if (name.equals("begins_with")) {
            tokens.require(",");
            Operand beginning = operand();
            requireText(beginning);
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
        Operand left = operand();
        Comparator comparator = Comparator.of(tokens.peek());
        if (comparator == null) {
            String word = tokens.peek().toUpperCase(Locale.ROOT);
            if (word.equals("BETWEEN") || word.equals("IN")) {
                throw TableErrors.unsupported(word);
            }
            throw tokens.syntaxError();
        }
        tokens.next();
        Operand right = operand();
        if (left instanceof Attribute(String name) && left.equals(right)) {
            throw tokens.fault("The first operand must be distinct from the remaining operands for this operator or"
                    + " function; operator: " + comparator.sign + ", first operand: [" + name + "]");
        }
        if (comparator != Comparator.EQUAL && comparator != Comparator.NOT_EQUAL) {
            requireOrdered(comparator, left);
            requireOrdered(comparator, right);
        }
        return new Condition.Comparison(left, comparator, right);
    }

    private void requireOrdered(Comparator comparator, Operand operand) {
        if (operand instanceof Literal(AttributeValue value) && !Scalars.isOrdered(value)) {
            throw incorrectType(comparator.sign, value);
        }
    }

    private void requireText(Operand operand) {
        if (operand instanceof Literal(AttributeValue value)
                && value.type() != AttributeValue.Type.S
                && value.type() != AttributeValue.Type.B) {
            throw incorrectType("begins_with", value);
        }
    }

    private AwsServiceException incorrectType(String operator, AttributeValue value) {
        return tokens.fault("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + ItemRules.nameOf(value.type()));
    }

    private Operand operand() {
        if (tokens.peek().startsWith(":")) {
            return new Literal(placeholders.value(tokens.parameter(), tokens.next()));
        }
        return new Attribute(attribute());
    }

    private String attribute() {
        String token = tokens.peek();
        String name;
        if (token.startsWith("#") && token.length() > 1) {
            name = placeholders.name(tokens.parameter(), tokens.next());
        } else if (NAME.matcher(token).matches()) {
            if (ReservedWords.contains(token)) {
                throw tokens.fault("Attribute name is a reserved keyword; reserved keyword: " + token);
            }
            name = tokens.next();
        } else {
            throw tokens.syntaxError();
        }
        if (tokens.peek().equals(".") || tokens.peek().equals("[")) {
            throw TableErrors.unsupported("attributes inside of attributes");
        }
        return name;
    }
}
