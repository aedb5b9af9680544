package dev.fetchline.record;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the encoding of a text body, in the order of the HTML standard (WHATWG, section 13.2.3.2, "Determining the
/// character encoding"): byte order mark, Content-Type, what the document says of itself in its first 1,024 bytes,
/// UTF-8
/// where every byte fits, windows-1252.
final class CharsetFinder {
    private static final Pattern XML_ENCODING =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");

    private CharsetFinder() {}

    /// An encoding and where the text begins.
    ///
    /// @param bomLength bytes of a byte order mark, which are no part of the text
    record Found(TextEncoding encoding, int bomLength) {}

    /// Finds the encoding of the first `length` of `bytes`.
    ///
    /// @param cutOff whether the text goes on after them, so that the last character may be half there
    static Found find(byte[] bytes, int length, boolean cutOff, Optional<MediaType> type) {
        Optional<Found> marked = byteOrderMark(bytes, length);
        if (marked.isPresent()) {
            return marked.get();
        }
        TextEncoding encoding = type.flatMap(MediaType::charset)
                .flatMap(TextEncoding::byLabel)
                .or(() -> fromDocument(bytes, length, type))
                .orElseGet(() -> isUtf8(bytes, length, cutOff) ? TextEncoding.UTF_8 : TextEncoding.WINDOWS_1252);
        return new Found(encoding, 0);
    }

    private static Optional<Found> byteOrderMark(byte[] bytes, int length) {
        if (startsWith(bytes, length, 0xef, 0xbb, 0xbf)) {
            return Optional.of(new Found(TextEncoding.UTF_8, 3));
        }
        if (startsWith(bytes, length, 0xfe, 0xff)) {
            return Optional.of(new Found(TextEncoding.UTF_16BE, 2));
        }
        if (startsWith(bytes, length, 0xff, 0xfe)) {
            return Optional.of(new Found(TextEncoding.UTF_16LE, 2));
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

    /// A document without a type may be of any kind, so each kind's own way is tried.
    private static Optional<TextEncoding> fromDocument(byte[] bytes, int length, Optional<MediaType> type) {
        boolean html = type.map(MediaType::isHtml).orElse(true);
        boolean xml = type.map(MediaType::isXml).orElse(true);
        Optional<TextEncoding> named = html ? MetaPrescan.find(bytes, length) : Optional.empty();
        return named.isEmpty() && (html || xml) ? fromXmlDeclaration(bytes, length) : named;
    }

    /// XML 1.0 section 4.3.3; one that can be read so far is not UTF-16, whatever it says.
    private static Optional<TextEncoding> fromXmlDeclaration(byte[] bytes, int length) {
        if (startsWith(bytes, length, '<', 0, '?', 0, 'x', 0)) {
            return Optional.of(TextEncoding.UTF_16LE);
        }
        if (startsWith(bytes, length, 0, '<', 0, '?', 0, 'x')) {
            return Optional.of(TextEncoding.UTF_16BE);
        }
        Matcher matcher = XML_ENCODING.matcher(
                new String(bytes, 0, Math.min(length, MetaPrescan.BYTES_MAX), StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            return Optional.empty();
        }
        String label = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return Optional.ofNullable(label)
                .flatMap(TextEncoding::byLabel)
                .map(found -> found.isWide() ? TextEncoding.UTF_8 : found);
    }

    /// In steps, so that to look at a megabyte takes no second one.
    private static boolean isUtf8(byte[] bytes, int length, boolean cutOff) {
        int ascii = WordScan.asciiPrefix(bytes, length);
        if (ascii == length) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, ascii, length - ascii);
        CharBuffer out = CharBuffer.allocate(MetaPrescan.BYTES_MAX);
        CoderResult result = decoder.decode(in, out, !cutOff);
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), !cutOff);
        }
        return !result.isError();
    }
}
