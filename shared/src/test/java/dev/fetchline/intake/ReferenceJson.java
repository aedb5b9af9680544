package dev.fetchline.intake;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON (RFC 8259) read a second time, by plain code that shares nothing with the product's parser.
final class ReferenceJson {
    private static final int DEPTH_MAX = 8;

    /// Near the limits of the parser on numbers and names this one does not say how it counts.
    private static final int SURE_CHARS_MAX = 90;

    private final String text;
    private int at;
    private boolean isSure = true;

    private ReferenceJson(String text) {
        this.text = text;
    }

    /// A value, as it was written.
    sealed interface Node {}

    record Text(String text) implements Node {}

    record Num(String source) implements Node {}

    record Word(String word) implements Node {}

    record Items(List<Node> elements) implements Node {}

    record Fields(List<Field> fields) implements Node {
        /// The first field of the name.
        @Nullable
        Node get(String name) {
            return fields.stream()
                    .filter(field -> field.name.equals(name))
                    .map(Field::value)
                    .findFirst()
                    .orElse(null);
        }

        boolean hasOnly(List<String> names) {
            return fields.stream().allMatch(field -> names.contains(field.name)) && hasEachOnce();
        }

        boolean hasEachOnce() {
            return fields.stream().map(Field::name).distinct().count() == fields.size();
        }
    }

    record Field(String name, Node value) {}

    /// What came of reading.
    ///
    /// @param node null where the text is not one JSON value
    /// @param isSure whether the product must come to the same
    record Result(@Nullable Node node, boolean isSure) {}

    static Result read(String text) {
        ReferenceJson reader = new ReferenceJson(text);
        try {
            Node node = reader.value(0);
            reader.space();
            return new Result(reader.at == text.length() ? node : null, reader.isSure);
        } catch (IllegalStateException notJson) {
            return new Result(null, reader.isSure);
        }
    }

    private Node value(int depth) {
        space();
        char c = peek();
        if (c == '{' || c == '[') {
            expect(depth < DEPTH_MAX);
            at++;
            return c == '{' ? fields(depth) : items(depth);
        }
        if (c == '"') {
            return new Text(string());
        }
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                expectEnd();
                return new Word(word);
            }
        }
        return number();
    }

    private Fields fields(int depth) {
        List<Field> fields = new ArrayList<>();
        space();
        if (takes('}')) {
            return new Fields(fields);
        }
        do {
            space();
            int start = at;
            String name = string();
            isSure &= name.length() <= SURE_CHARS_MAX;
            // The product's parser takes no name with an escaped lone surrogate, and RFC 8259 section 8.2 leaves it
            // open.
            isSure &= !(isLone(name) && text.substring(start, at).contains("\\u"));
            space();
            expect(takes(':'));
            fields.add(new Field(name, value(depth + 1)));
            space();
        } while (takes(','));
        expect(takes('}'));
        return new Fields(fields);
    }

    private static boolean isLone(String name) {
        return name.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    }

    private Items items(int depth) {
        List<Node> elements = new ArrayList<>();
        space();
        if (takes(']')) {
            return new Items(elements);
        }
        do {
            elements.add(value(depth + 1));
            space();
        } while (takes(','));
        expect(takes(']'));
        return new Items(elements);
    }

    private String string() {
        expect(takes('"'));
        StringBuilder out = new StringBuilder();
        while (!takes('"')) {
            char c = peek();
            expect(c >= ' ');
            at++;
            out.append(c == '\\' ? escape() : c);
        }
        return out.toString();
    }

    private char escape() {
        char kind = peek();
        at++;
        if (kind == 'u') {
            int value = 0;
            for (int i = 0; i < 4; i++) {
                int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
                expect(digit >= 0 && peek() < 0x80);
                value = value * 16 + digit;
                at++;
            }
            return (char) value;
        }
        int known = "\"\\/bfnrt".indexOf(kind);
        expect(known >= 0);
        return "\"\\/\b\f\n\r\t".charAt(known);
    }

    private Num number() {
        int start = at;
        takes('-');
        if (!takes('0')) {
            digits();
        }
        if (takes('.')) {
            digits();
        }
        if (takes('e') || takes('E')) {
            if (!takes('+')) {
                takes('-');
            }
            digits();
        }
        expectEnd();
        isSure &= at - start <= SURE_CHARS_MAX;
        return new Num(text.substring(start, at));
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        isSure &= at - start <= SURE_CHARS_MAX;
        expect(at > start);
    }

    /// Words and numbers do not run into what follows.
    private void expectEnd() {
        expect(at == text.length() || " \t\n\r,]}".indexOf(text.charAt(at)) >= 0);
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean takes(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private char peek() {
        expect(at < text.length());
        return text.charAt(at);
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("not JSON");
        }
    }
}
