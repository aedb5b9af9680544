package dev.fetchline.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the charset of a text body, in the order of the HTML standard (section 13.2.3.2, "Determining the character
/// encoding"): byte order mark, Content-Type, what the document itself says in its first 1,024 bytes, UTF-8 where every
/// byte fits, windows-1252.
final class CharsetFinder {
    private static final int PRESCAN_BYTES = 1_024;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern META_CHARSET =
            Pattern.compile("<meta[\\s/][^>]*?charset\\s*=\\s*[\"']?\\s*([a-z0-9_:.+\\-]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern XML_ENCODING = Pattern.compile(
            "^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([a-z0-9_:.+\\-]+)[\"']", Pattern.CASE_INSENSITIVE);

    /// Labels that the Encoding Standard (section 4.2) reads in another way than the JDK does.
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso_8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("l1", "windows-1252"),
            Map.entry("ascii", "windows-1252"),
            Map.entry("us-ascii", "windows-1252"),
            Map.entry("iso-8859-9", "windows-1254"),
            Map.entry("latin5", "windows-1254"),
            Map.entry("iso-8859-11", "x-windows-874"),
            Map.entry("tis-620", "x-windows-874"),
            Map.entry("gb2312", "GBK"),
            Map.entry("gb_2312-80", "GBK"),
            Map.entry("x-gbk", "GBK"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"),
            Map.entry("utf8", "UTF-8"),
            Map.entry("utf-16", "UTF-16LE"));

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

    static Found find(byte[] bytes, int length, Optional<MediaType> type) {
        Optional<Found> marked = byteOrderMark(bytes, length);
        if (marked.isPresent()) {
            return marked.get();
        }
        Charset charset = type.flatMap(MediaType::charset)
                .flatMap(CharsetFinder::byLabel)
                .or(() -> fromDocument(bytes, length, type))
                .orElseGet(() -> isUtf8(bytes, length) ? StandardCharsets.UTF_8 : WINDOWS_1252);
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

    private static Optional<Charset> byLabel(String label) {
        String plain = label.strip().toLowerCase(Locale.ROOT);
        try {
            return Optional.of(Charset.forName(LABELS.getOrDefault(plain, plain)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /// A document that can be read so far cannot be UTF-16, whatever it says: then it means UTF-8.
    private static Optional<Charset> fromDocument(byte[] bytes, int length, Optional<MediaType> type) {
        String start = new String(bytes, 0, Math.min(length, PRESCAN_BYTES), StandardCharsets.ISO_8859_1);
        Optional<String> label = firstGroup(XML_ENCODING, start);
        if (label.isEmpty() && type.map(MediaType::isHtml).orElse(true)) {
            label = firstGroup(META_CHARSET, COMMENT.matcher(start).replaceAll(""));
        }
        return label.flatMap(CharsetFinder::byLabel)
                .map(charset -> new Found(charset, 0).isWide() ? StandardCharsets.UTF_8 : charset);
    }

    private static Optional<String> firstGroup(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
