package dev.fetchline.local.table;

import dev.fetchline.local.table.Condition.Attribute;
import dev.fetchline.local.table.Condition.Literal;
import dev.fetchline.local.table.Condition.Operand;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The attributes and values that an expression says: an attribute at the top of an item by its name or a `#name`, a
/// value by a `:value`.
record Operands(ExpressionTokens tokens, Placeholders placeholders) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

    static boolean isName(String token) {
        return NAME.matcher(token).matches();
    }

    Operand next() {
        if (tokens.peek().startsWith(":")) {
            return new Literal(placeholders.value(tokens.parameter(), tokens.next()));
        }
        return new Attribute(nextAttribute());
    }

    /// The name of the attribute that comes next.
    String nextAttribute() {
        String token = tokens.peek();
        String name;
        if (token.startsWith("#") && token.length() > 1) {
            name = placeholders.name(tokens.parameter(), tokens.next());
        } else if (isName(token)) {
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

    /// @param operator what needs values that have an order
    void requireOrdered(String operator, Operand operand) {
        if (operand instanceof Literal(AttributeValue value) && !Scalars.isOrdered(value)) {
            throw incorrectType(operator, value);
        }
    }

    /// @param operator what needs a string or a binary
    void requireText(String operator, Operand operand) {
        if (operand instanceof Literal(AttributeValue value)
                && value.type() != AttributeValue.Type.S
                && value.type() != AttributeValue.Type.B) {
            throw incorrectType(operator, value);
        }
    }

    private AwsServiceException incorrectType(String operator, AttributeValue value) {
        return tokens.fault("Incorrect operand type for operator or function; operator or function: " + operator
                + ", operand type: " + ItemRules.nameOf(value.type()));
    }
}
