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
        if (columns(printable) <= columns) {
            return printable;
        }
        String dots = ".".repeat(Math.min(3, columns));
        int end = 0;
        int taken = 0;
        while (taken + columnsOf(printable.codePointAt(end)) <= columns - dots.length()) {
            taken += columnsOf(printable.codePointAt(end));
            end += Character.charCount(printable.codePointAt(end));
        }
        return printable.substring(0, end) + dots;
    }

    /// The columns that a printable text takes on a terminal.
    static int columns(String printable) {
        return printable.codePoints().map(PrintableText::columnsOf).sum();
    }

    /// None for marks that stand on the character before, two for what is wide in the sense of UAX #11: the scripts of
    /// East Asia, full-width forms, and emoji that are drawn as pictures.
    private static int columnsOf(int codePoint) {
        if (codePoint < 0x300) {
            return 1;
        }
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        boolean isWide = Character.isIdeographic(codePoint)
                || Character.isEmojiPresentation(codePoint)
                || (codePoint >= 0x1100 && codePoint <= 0x115f)
                || (codePoint >= 0x2e80 && codePoint <= 0xa4cf)
                || (codePoint >= 0xac00 && codePoint <= 0xd7a3)
                || (codePoint >= 0xf900 && codePoint <= 0xfaff)
                || (codePoint >= 0xfe30 && codePoint <= 0xfe6f)
                || (codePoint >= 0xff01 && codePoint <= 0xff60)
                || (codePoint >= 0xffe0 && codePoint <= 0xffe6);
        return isWide ? 2 : 1;
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
