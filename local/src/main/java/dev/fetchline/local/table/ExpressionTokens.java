package dev.fetchline.local.table;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The words and signs of an expression, read from left to right.
final class ExpressionTokens {
    /// What stands where nothing is left.
    static final String END = "<EOF>";

    private static final int BYTES_MAX = 4_096;
    private static final Pattern TOKEN = Pattern.compile(
            "\\G\\s*(?:([A-Za-z][A-Za-z0-9_]*|[#:][A-Za-z0-9_]+|<>|<=|>=|[=<>(),.\\[\\]]|[0-9]+)|(\\S))");

    private final String parameter;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    /// @param parameter what the expression is in the request, for the sentences
    ExpressionTokens(String parameter, String text) {
        this.parameter = parameter;
        if (text.isEmpty()) {
            throw fault("The expression can not be empty;");
        }
        if (Scalars.utf8Length(text) > BYTES_MAX) {
            throw fault("Expression size has exceeded the maximum allowed size; expression size: "
                    + Scalars.utf8Length(text));
        }
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                at = tokens.size();
                tokens.add(matcher.group(2));
                throw syntaxError();
            }
            tokens.add(matcher.group(1));
        }
    }

    String parameter() {
        return parameter;
    }

    /// How many tokens have been read.
    int position() {
        return at;
    }

    String peek() {
        return peek(0);
    }

    String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    String next() {
        String token = peek();
        at++;
        return token;
    }

    boolean skip(String token) {
        if (!peek().equalsIgnoreCase(token)) {
            return false;
        }
        at++;
        return true;
    }

    void require(String token) {
        if (!skip(token)) {
            throw syntaxError();
        }
    }

    void requireEnd() {
        if (at < tokens.size()) {
            throw syntaxError();
        }
    }

    /// At the token that is next.
    AwsServiceException syntaxError() {
        String near =
                String.join(" ", tokens.subList(Math.clamp(at - 1, 0, tokens.size()), Math.min(at + 2, tokens.size())));
        return fault("Syntax error; token: \"" + peek() + "\", near: \"" + near + "\"");
    }

    AwsServiceException fault(String what) {
        return TableErrors.validation("Invalid " + parameter + ": " + what);
    }
}
