package dev.fetchline.http;

import dev.fetchline.intake.SafeText;

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
            shown.appendCodePoint(SafeText.isUnfitToShow(c) ? '?' : c);
        }
        return shown.toString();
    }
}
