package dev.fetchline.http;

/// Text from a server, or that may hold some: on one line, cut, and with nothing that a terminal or a log
/// would act on.
final class ForeignText {
    private ForeignText() {}

    /// The beginning of `text`, with a question mark for each character that is not to be shown.
    static String shown(String text, int charsMax) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (shown.length() + Character.charCount(c) > charsMax) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(isUnfit(c) ? '?' : c);
        }
        return shown.toString();
    }

    private static boolean isUnfit(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
