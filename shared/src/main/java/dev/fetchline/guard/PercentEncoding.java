package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.BitSet;

/// Percent-encoding in its normal form (RFC 3986 section 6.2.2): upper-case digits, no unreserved octet
/// encoded, and everything encoded as UTF-8 that may not stand for itself. A `%` that begins no triplet is
/// itself encoded.
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final BitSet UNRESERVED =
            setOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");
    private static final BitSet IN_PATH = plus(UNRESERVED, "!$&'()*+,;=:@/");
    // Brackets: not in RFC 3986, but common in the wild, and java.net.URI takes them.
    private static final BitSet IN_QUERY = plus(IN_PATH, "?[]");

    private PercentEncoding() {}

    static String path(String text) {
        return normalise(text, IN_PATH);
    }

    static String query(String text) {
        return normalise(text, IN_QUERY);
    }

    /// A scope id without the `%` or `%25` that begins it; a triplet in it is not decoded, it may be
    /// anything.
    static String zone(String text) {
        return normalise(text.substring(text.startsWith("%25") ? 3 : 1).replace("%", "%25"), UNRESERVED);
    }

    private static String normalise(String text, BitSet legal) {
        if (isAllOf(text, legal)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            int octet = point == '%' ? octetAt(text, i) : -1;
            if (octet >= 0) {
                appendOctet(out, octet);
                i += 3;
                continue;
            }
            if (legal.get(point)) {
                out.append((char) point);
            } else {
                for (byte b : Character.toString(point).getBytes(UTF_8)) {
                    appendTriplet(out, b & 0xFF);
                }
            }
            i += Character.charCount(point);
        }
        return out.toString();
    }

    /// As most texts are: in normal form already.
    private static boolean isAllOf(String text, BitSet legal) {
        for (int i = 0; i < text.length(); i++) {
            if (!legal.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static void appendOctet(StringBuilder out, int octet) {
        if (UNRESERVED.get(octet)) {
            out.append((char) octet);
        } else {
            appendTriplet(out, octet);
        }
    }

    private static void appendTriplet(StringBuilder out, int octet) {
        out.append('%').append(HEX[octet >> 4]).append(HEX[octet & 0xF]);
    }

    /// The octet that the triplet at `i` stands for, or -1 if no triplet stands there.
    private static int octetAt(String text, int i) {
        if (i + 2 >= text.length()) {
            return -1;
        }
        int high = hexDigit(text.charAt(i + 1));
        int low = hexDigit(text.charAt(i + 2));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    /// The value of an ASCII hex digit, or -1: Character.digit takes full-width digits too.
    static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /// Bytes of UTF-8, a lone surrogate counted as 3.
    static int utf8Length(String text) {
        if (isAscii(text)) {
            return text.length();
        }
        return text.codePoints()
                .map(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4)
                .sum();
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /// A header's chars are its bytes: read as UTF-8 where they are that, else left alone.
    static String utf8IfValid(String bytes) {
        boolean ascii = true;
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) > 0xFF) {
                return bytes;
            }
            ascii &= bytes.charAt(i) < 0x80;
        }
        if (ascii) {
            return bytes;
        }
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException _) {
            return bytes;
        }
    }

    private static BitSet setOf(String characters) {
        var set = new BitSet(128);
        characters.chars().forEach(set::set);
        return set;
    }

    private static BitSet plus(BitSet characters, String more) {
        var set = setOf(more);
        set.or(characters);
        return set;
    }
}
