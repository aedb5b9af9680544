package dev.fetchline.local.batch;

import dev.fetchline.local.batch.WhereNode.Operator;
import dev.fetchline.local.batch.WhereToken.Kind;
import dev.fetchline.record.RecordStatus;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Reads an expression that selects records:
///
/// ```
/// expression  = conjunction *( "or" conjunction )
/// conjunction = term *( "and" term )
/// term        = "not" term / "(" expression ")" / "exists" "(" name ")" / name operator value
/// operator    = "=" / "!=" / "<" / "<=" / ">" / ">=" / "~" / "^="
/// ```
final class WhereParser {
    /// More than a person nests, and less than the stack holds.
    private static final int DEPTH_MAX = 100;

    private final String expression;
    private final List<WhereToken> tokens;
    private int next;
    private int depth;

    private WhereParser(String expression) {
        this.expression = expression;
        tokens = WhereToken.of(expression);
    }

    /// @throws WhereException where it cannot be read
    static WhereNode parse(String expression) {
        WhereParser parser = new WhereParser(expression);
        WhereNode whole = parser.any();
        WhereToken rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw parser.wrong(rest, "and, or, or the end (a value with spaces stands in quotes)");
        }
        return whole;
    }

    private WhereNode any() {
        List<WhereNode> nodes = new ArrayList<>(List.of(all()));
        while (takeKeyword("or")) {
            nodes.add(all());
        }
        return nodes.size() == 1 ? nodes.getFirst() : new WhereNode.Any(nodes);
    }

    private WhereNode all() {
        List<WhereNode> nodes = new ArrayList<>(List.of(term()));
        while (takeKeyword("and")) {
            nodes.add(term());
        }
        return nodes.size() == 1 ? nodes.getFirst() : new WhereNode.All(nodes);
    }

    private WhereNode term() {
        if (++depth > DEPTH_MAX) {
            throw wrong(peek(), "at most " + DEPTH_MAX + " terms within each other");
        }
        WhereNode node = termWithin();
        depth--;
        return node;
    }

    private WhereNode termWithin() {
        if (takeKeyword("not")) {
            return new WhereNode.Not(term());
        }
        if (peek().kind() == Kind.OPEN) {
            next++;
            WhereNode inner = any();
            take(Kind.CLOSE, "), and or or");
            return inner;
        }
        if (isKeyword("exists") && tokens.get(next + 1).kind() == Kind.OPEN) {
            next += 2;
            RecordField field = field();
            take(Kind.CLOSE, ")");
            return new WhereNode.Exists(field);
        }
        RecordField field = field();
        Operator operator = operator(field);
        return new WhereNode.Comparison(field, operator, value(field, operator));
    }

    private RecordField field() {
        WhereToken name = take(Kind.WORD, "the name of an attribute, such as status");
        return RecordField.named(name.text())
                .orElseThrow(() -> wrong(
                        name,
                        "one of " + String.join(", ", RecordField.names()) + " or " + RecordField.HEADER_PREFIX
                                + "NAME"));
    }

    private Operator operator(RecordField field) {
        WhereToken sign = take(Kind.OPERATOR, signs(Arrays.stream(Operator.values())));
        Operator operator = Arrays.stream(Operator.values())
                .filter(its -> its.sign().equals(sign.text()))
                .findFirst()
                .orElseThrow(() -> wrong(sign, signs(Arrays.stream(Operator.values()))));
        boolean isText = field.kind() == RecordField.Kind.TEXT || field.kind() == RecordField.Kind.WORD;
        if (operator.isForTextsOnly() && !isText) {
            throw wrong(sign, signs(operatorsOf(field)) + " after " + field.name());
        }
        if (operator.isOrder() && field.kind() == RecordField.Kind.STATUS) {
            throw wrong(sign, signs(operatorsOf(field)) + " after " + field.name());
        }
        return operator;
    }

    private static Stream<Operator> operatorsOf(RecordField field) {
        return Arrays.stream(Operator.values())
                .filter(its -> !its.isForTextsOnly() && !(its.isOrder() && field.kind() == RecordField.Kind.STATUS));
    }

    private static String signs(Stream<Operator> operators) {
        List<String> signs = operators.map(Operator::sign).toList();
        return String.join(" ", signs.subList(0, signs.size() - 1)) + " or " + signs.getLast();
    }

    private String value(RecordField field, Operator operator) {
        WhereToken value = peek();
        if (value.kind() != Kind.WORD && value.kind() != Kind.QUOTED) {
            throw wrong(value, "a value after " + operator.sign());
        }
        next++;
        return switch (field.kind()) {
            case TEXT, WORD -> isWholeHost(field, operator) ? host(value) : value.text();
            case STATUS -> status(value);
            case NUMBER -> number(value, field);
            case TIME -> time(value, field);
        };
    }

    private static boolean isWholeHost(RecordField field, Operator operator) {
        return field.name().equals("host") && !operator.isForTextsOnly() && !operator.isOrder();
    }

    private String host(WhereToken value) {
        return UrlHost.canonical(value.text())
                .orElseThrow(
                        () -> wrong(value, "a host alone, such as example.com (a port is asked for by url~:8080)"));
    }

    private String status(WhereToken value) {
        String name = value.text().toUpperCase(Locale.ROOT);
        List<String> names =
                Arrays.stream(RecordStatus.values()).map(RecordStatus::name).toList();
        if (!names.contains(name)) {
            throw wrong(value, "one of " + String.join(", ", names));
        }
        return name;
    }

    private String number(WhereToken value, RecordField field) {
        try {
            return Long.toString(Long.parseLong(value.text()));
        } catch (NumberFormatException _) {
            throw wrong(value, "a whole number, for " + field.name() + " is one");
        }
    }

    private String time(WhereToken value, RecordField field) {
        try {
            return RecordField.time(value.text()).toString();
        } catch (DateTimeParseException _) {
            throw wrong(value, "a time such as 2026-01-31T12:30:00Z, or a day such as 2026-01-31, for " + field.name());
        }
    }

    private boolean isKeyword(String word) {
        return peek().kind() == Kind.WORD && peek().text().equalsIgnoreCase(word);
    }

    private boolean takeKeyword(String word) {
        boolean isThere = isKeyword(word);
        next += isThere ? 1 : 0;
        return isThere;
    }

    private WhereToken take(Kind kind, String expected) {
        WhereToken token = peek();
        if (token.kind() != kind) {
            throw wrong(token, expected);
        }
        next++;
        return token;
    }

    private WhereToken peek() {
        return tokens.get(next);
    }

    private WhereException wrong(WhereToken found, String expected) {
        return new WhereException(expression, found.at(), found.shown(), expected);
    }
}
