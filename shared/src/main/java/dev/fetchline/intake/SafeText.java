package dev.fetchline.intake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// Text from strangers, judged and made fit to be hashed, stored and shown.
public final class SafeText {
    /// Behind two slashes or more, wherever they stand; a backslash is a slash to readers of URLs.
    private static final Pattern USER_INFORMATION = Pattern.compile("(?<=[/\\\\]{2})[^/\\\\?#]*@");

    private SafeText() {}

    /// Whether `text` can be stored and hashed as it is: no control characters, no lone surrogates (they
    /// have no UTF-8, and Java encodes all of them as `?`).
    static boolean isClean(String text) {
        return !anyMatch(text, c -> Character.isISOControl(c) || isLoneSurrogate(c));
    }

    static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// Without the spaces, tabs and line ends around it. Other white space is left for the URL parser
    /// to refuse.
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isJsonSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isJsonSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// White space as JSON has it (RFC 8259 section 2).
    static boolean isJsonSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /// Control characters and lone surrogates written as JSON escapes. The backslash is doubled, so
    /// that two different
    /// texts never become one.
    static String escapeUnclean(String text) {
        String doubled = text.replace("\\", "\\\\");
        return escape(doubled, c -> Character.isISOControl(c) || isLoneSurrogate(c));
    }

    /// The beginning of `text` in at most `charsMax` characters, with a space for each control
    /// character and U+FFFD for
    /// each lone surrogate. Clean text that is short enough stays as it is.
    static String cleaned(String text, int charsMax) {
        String beginning = beginning(text, charsMax);
        if (isClean(beginning)) {
            return beginning;
        }
        StringBuilder clean = new StringBuilder(beginning.length());
        beginning.codePoints().forEach(c -> clean.appendCodePoint(isLoneSurrogate(c) ? 0xFFFD : noControl(c)));
        return clean.toString();
    }

    private static int noControl(int c) {
        return Character.isISOControl(c) ? ' ' : c;
    }

    /// The first `charsMax` characters, or one less where that would split a pair.
    static String beginning(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(charsMax - 1));
        return text.substring(0, splitsPair ? charsMax - 1 : charsMax);
    }

    /// The longest beginning of `text` that takes at most `bytesMax` bytes of UTF-8 and cuts no character in two.
    public static String beginningInUtf8(String text, int bytesMax) {
        if (3L * text.length() <= bytesMax) {
            return text;
        }
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > bytesMax) {
                return text.substring(0, at);
            }
            at += Character.charCount(codePoint);
        }
        return text;
    }

    /// JSON source with its lone surrogates as JSON escapes: the same JSON value, and valid UTF-8.
    static String escapeLoneSurrogates(String json) {
        return escape(json, SafeText::isLoneSurrogate);
    }

    /// `text` in double quotes and cut, on one line, without anything that a terminal or a log would act
    /// on, and without the user information of URLs.
    static String quote(String text) {
        return '"' + show(text) + '"';
    }

    /// As [#quote], without the quotes.
    static String show(String text) {
        // Before it is cut: a password whose "@" is cut off would be shown.
        String masked =
                text.indexOf('@') < 0 ? text : USER_INFORMATION.matcher(text).replaceAll("***@");
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < masked.length(); ) {
            int c = masked.codePointAt(i);
            String piece = isUnfitToShow(c) ? jsonEscape(c) : Character.toString(c);
            if (shown.length() + piece.length() > Limits.SHOWN_CHARS_MAX) {
                return shown.append('…').toString();
            }
            shown.append(piece);
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    /// Whether a terminal or a log may act on a code point: controls, formats such as a change of the
    /// writing direction, line separators, and halves of a pair that stand alone.
    public static boolean isUnfitToShow(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /// For a code point: the two halves of a pair make one that is none.
    private static boolean isLoneSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static String escape(String text, IntPredicate unfit) {
        if (!anyMatch(text, unfit)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> escaped.append(unfit.test(c) ? jsonEscape(c) : Character.toString(c)));
        return escaped.toString();
    }

    /// A plain loop: this looks at every character of every URL, and a stream costs several times as
    /// much.
    private static boolean anyMatch(String text, IntPredicate unfit) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (unfit.test(c)) {
                return true;
            }
            i += Character.charCount(c);
        }
        return false;
    }

    private static String jsonEscape(int c) {
        StringBuilder escape = new StringBuilder();
        for (char half : Character.toChars(c)) {
            escape.append("\\u").append(HexFormat.of().toHexDigits(half));
        }
        return escape.toString();
    }
}
