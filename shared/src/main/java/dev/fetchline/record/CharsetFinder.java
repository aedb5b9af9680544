package dev.fetchline.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the charset of a text body, in the order of the HTML standard (section 13.2.3.2, "Determining the character
/// encoding"): byte order mark, Content-Type, what the document itself says in its first 1,024 bytes, UTF-8 where every
/// byte fits, windows-1252.
final class CharsetFinder {
    private static final int PRESCAN_BYTES = 1_024;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Pattern XML_ENCODING = Pattern.compile(
            "^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([a-z0-9_:.+\\-]+)[\"']", Pattern.CASE_INSENSITIVE);

    private CharsetFinder() {}

    /// A charset and where the text begins.
    ///
    /// @param bomLength bytes of a byte order mark, which are no part of the text
    record Found(Charset charset, int bomLength) {
        /// Whether NUL bytes are part of plain text in it.
        boolean isWide() {
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32");
        }
    }

    /// Finds the charset of the first `length` of `bytes`.
    ///
    /// @param cutOff whether the text goes on after them, so that the last character may be half there
    static Found find(byte[] bytes, int length, boolean cutOff, Optional<MediaType> type) {
        Optional<Found> marked = byteOrderMark(bytes, length);
        if (marked.isPresent()) {
            return marked.get();
        }
        Charset charset = type.flatMap(MediaType::charset)
                .flatMap(CharsetLabels::find)
                .or(() -> fromDocument(bytes, length, type))
                .orElseGet(() -> isUtf8(bytes, length, cutOff) ? StandardCharsets.UTF_8 : WINDOWS_1252);
        return new Found(charset, 0);
    }

    private static Optional<Found> byteOrderMark(byte[] bytes, int length) {
        if (startsWith(bytes, length, 0xef, 0xbb, 0xbf)) {
            return Optional.of(new Found(StandardCharsets.UTF_8, 3));
        }
        if (startsWith(bytes, length, 0xfe, 0xff)) {
            return Optional.of(new Found(StandardCharsets.UTF_16BE, 2));
        }
        if (startsWith(bytes, length, 0xff, 0xfe)) {
            return Optional.of(new Found(StandardCharsets.UTF_16LE, 2));
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int length, int... mark) {
        if (length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /// A document that can be read so far cannot be UTF-16, whatever it says: then it means UTF-8.
    private static Optional<Charset> fromDocument(byte[] bytes, int length, Optional<MediaType> type) {
        String start = new String(bytes, 0, Math.min(length, PRESCAN_BYTES), StandardCharsets.ISO_8859_1);
        Matcher xml = XML_ENCODING.matcher(start);
        Optional<Charset> named = xml.find() ? CharsetLabels.find(xml.group(1)) : Optional.empty();
        if (named.isEmpty() && type.map(MediaType::isHtml).orElse(true)) {
            named = HtmlPrescan.find(start);
        }
        return named.map(charset -> new Found(charset, 0).isWide() ? StandardCharsets.UTF_8 : charset);
    }

    /// In steps, so that to look at a megabyte takes no second one.
    private static boolean isUtf8(byte[] bytes, int length, boolean cutOff) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        CharBuffer out = CharBuffer.allocate(PRESCAN_BYTES);
        CoderResult result = decoder.decode(in, out, !cutOff);
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), !cutOff);
        }
        return !result.isError();
    }
}
