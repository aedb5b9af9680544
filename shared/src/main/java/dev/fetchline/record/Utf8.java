package dev.fetchline.record;

import dev.fetchline.intake.SafeText;
import java.nio.charset.StandardCharsets;

/// Strings as DynamoDB counts and stores them: in bytes of UTF-8.
final class Utf8 {
    private Utf8() {}

    static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The longest beginning of `text` that takes at most `bytesMax` bytes and cuts no character in two.
    static String cut(String text, int bytesMax) {
        return SafeText.beginningInUtf8(text, bytesMax);
    }
}
