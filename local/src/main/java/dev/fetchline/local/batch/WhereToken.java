package dev.fetchline.local.batch;

import java.util.ArrayList;
import java.util.List;

/// A word of an expression that selects records.
///
/// @param kind what it is
/// @param text what it says; of a quoted one without quotes and backslashes
/// @param at where it begins, the first character being 1
record WhereToken(Kind kind, String text, int at) {
    enum Kind {
        /// A name, a keyword or a value without quotes.
        WORD,
        QUOTED,
        OPERATOR,
        OPEN,
        CLOSE,
        END
    }

    private static final String OPERATOR_CHARACTERS = "=!<>~^";

    /// All words of a text; the last one is its end.
    ///
    /// @throws WhereException where a quoted text has no end
    static List<WhereToken> of(String expression) {
        List<WhereToken> tokens = new ArrayList<>();
        int at = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '(' || c == ')') {
                tokens.add(new WhereToken(c == '(' ? Kind.OPEN : Kind.CLOSE, String.valueOf(c), at + 1));
                at++;
            } else if (c == '"' || c == '\'') {
                at = quoted(expression, at, tokens);
            } else {
                at = plain(expression, at, tokens);
            }
        }
        tokens.add(new WhereToken(Kind.END, "", expression.length() + 1));
        return tokens;
    }

    private static int quoted(String expression, int start, List<WhereToken> tokens) {
        char quote = expression.charAt(start);
        StringBuilder text = new StringBuilder();
        for (int at = start + 1; at < expression.length(); at++) {
            char c = expression.charAt(at);
            if (c == quote) {
                tokens.add(new WhereToken(Kind.QUOTED, text.toString(), start + 1));
                return at + 1;
            }
            if (c == '\\' && at + 1 < expression.length()) {
                at++;
            }
            text.append(expression.charAt(at));
        }
        throw new WhereException(expression, start + 1, "a quoted text that has no end", "a second " + quote);
    }

    private static int plain(String expression, int start, List<WhereToken> tokens) {
        boolean isOperator = isOperator(expression.charAt(start));
        boolean isValue = !isOperator && !tokens.isEmpty() && tokens.getLast().kind() == Kind.OPERATOR;
        int end = isValue ? endOfValue(expression, start) : start;
        while (!isValue && end < expression.length() && goesOn(expression.charAt(end), isOperator)) {
            end++;
        }
        tokens.add(new WhereToken(isOperator ? Kind.OPERATOR : Kind.WORD, expression.substring(start, end), start + 1));
        return end;
    }

    private static boolean goesOn(char c, boolean isOperator) {
        return isOperator ? isOperator(c) : !Character.isWhitespace(c) && c != ')' && c != '(' && !isOperator(c);
    }

    /// URLs have operators and parentheses in them: a value goes on to a space, or a `)` that closes none of its own.
    private static int endOfValue(String expression, int start) {
        int open = 0;
        int end = start;
        while (end < expression.length() && !Character.isWhitespace(expression.charAt(end))) {
            char c = expression.charAt(end);
            open += c == '(' ? 1 : 0;
            open -= c == ')' ? 1 : 0;
            if (open < 0) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isOperator(char c) {
        return OPERATOR_CHARACTERS.indexOf(c) >= 0;
    }

    /// As a sentence names it.
    String shown() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
