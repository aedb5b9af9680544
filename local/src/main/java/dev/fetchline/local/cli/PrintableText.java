package dev.fetchline.local.cli;

/// Text from strangers, made harmless for a terminal and for a line of a table.
final class PrintableText {
    private PrintableText() {}

    /// Escapes what would move the cursor, change colours, reorder or break the line.
    static String of(String text) {
        if (text.codePoints().allMatch(PrintableText::isPrintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPrintable(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(c <= 0xffff ? "\\u%04x".formatted(c) : "\\u{%x}".formatted(c));
            }
        });
        return printable.toString();
    }

    /// The same, cut to so many columns; a cut text ends in three dots.
    static String cut(String text, int columns) {
        String printable = of(text);
        int length = printable.codePointCount(0, printable.length());
        if (length <= columns) {
            return printable;
        }
        String dots = ".".repeat(Math.min(3, columns));
        return printable.substring(0, printable.offsetByCodePoints(0, columns - dots.length())) + dots;
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
