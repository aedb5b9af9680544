package dev.fetchline.record;

import java.nio.charset.StandardCharsets;

/// Strings as DynamoDB counts and stores them: in bytes of UTF-8.
final class Utf8 {
    private Utf8() {}

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The longest beginning of `text` that takes at most `bytesMax` bytes and cuts no character in two.
    static String cut(String text, int bytesMax) {
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
}
