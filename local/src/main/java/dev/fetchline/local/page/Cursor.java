package dev.fetchline.local.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where reading a batch goes on: after a URL of one of its parts.
///
/// @param part index among the batch's partitions
/// @param url sort key; empty for the part's beginning
record Cursor(int part, String url) {
    static final Cursor START = new Cursor(0, "");

    /// As it stands in a query of the page.
    ///
    /// @param text empty for the start
    static Cursor parse(String text, int parts) {
        if (text.isEmpty()) {
            return START;
        }
        try {
            int dot = text.indexOf('.');
            Cursor cursor = new Cursor(
                    Integer.parseInt(text.substring(0, Math.max(0, dot))),
                    new String(Base64.getUrlDecoder().decode(text.substring(dot + 1)), StandardCharsets.UTF_8));
            if (cursor.part >= 0 && cursor.part < parts) {
                return cursor;
            }
        } catch (IllegalArgumentException _) {
            // It is none.
        }
        throw PageException.badRequest("The cursor is none of this batch: start again at its first page.");
    }

    @Override
    public String toString() {
        return part + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(StandardCharsets.UTF_8));
    }
}
