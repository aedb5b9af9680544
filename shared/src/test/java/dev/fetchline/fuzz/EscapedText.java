package dev.fetchline.fuzz;

/// Any text as a Java string literal, and back: the form of findings and of corpus files, which a
/// person reads and a
/// test takes by copy and paste.
public final class EscapedText {
    private EscapedText() {}

    /// The text with its quotes.
    public static String quote(String text) {
        return '"' + escape(text) + '"';
    }

    /// The text as it stands between the quotes of a literal: printable ASCII.
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= ' ' && c < 0x7F) {
                        out.append(c);
                    } else {
                        out.append("\\u%04X".formatted((int) c));
                    }
                }
            }
        }
        return out.toString();
    }

    /// The text of what [#escape] wrote.
    ///
    /// @throws IllegalArgumentException for an escape that is none
    static String unescape(String escaped) {
        StringBuilder out = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char kind = i < escaped.length() ? escaped.charAt(i++) : ' ';
            switch (kind) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case '"', '\\' -> out.append(kind);
                case 'u' -> {
                    out.append((char) Integer.parseInt(escaped, i, i + 4, 16));
                    i += 4;
                }
                default -> throw new IllegalArgumentException("\\" + kind + " is no escape: " + escaped);
            }
        }
        return out.toString();
    }
}
