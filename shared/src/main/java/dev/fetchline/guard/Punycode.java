package dev.fetchline.guard;

import org.jspecify.annotations.Nullable;

/// Decodes what follows `xn--` in a label (RFC 3492 section 6.2). The JDK has a decoder too, but gives it away only
/// inside its IDNA2003 rules, which take labels for broken that are good ones today.
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    private Punycode() {}

    /// The text; null where `encoded` is none in this encoding.
    ///
    /// @param encoded lower-case ASCII, at most a label long
    static @Nullable String decode(String encoded) {
        int lastDelimiter = encoded.lastIndexOf('-');
        StringBuilder text = new StringBuilder(lastDelimiter > 0 ? encoded.substring(0, lastDelimiter) : "");
        int at = lastDelimiter > 0 ? lastDelimiter + 1 : 0;
        int length = text.length();
        long codePoint = INITIAL_N;
        long index = 0;
        int bias = INITIAL_BIAS;
        while (at < encoded.length()) {
            long before = index;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < encoded.length() ? digit(encoded.charAt(at++)) : -1;
                if (digit < 0) {
                    return null;
                }
                index += digit * weight;
                int threshold = Math.clamp(k - bias, T_MIN, T_MAX);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (index > Integer.MAX_VALUE || weight > Integer.MAX_VALUE) {
                    return null;
                }
            }
            length++;
            bias = adapt(index - before, length, before == 0);
            codePoint += index / length;
            index %= length;
            if (!Character.isValidCodePoint((int) Math.min(codePoint, Integer.MAX_VALUE))) {
                return null;
            }
            text.insert(text.offsetByCodePoints(0, (int) index), Character.toString((int) codePoint));
            index++;
        }
        return text.toString();
    }

    private static int digit(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }

    private static int adapt(long delta, int length, boolean first) {
        long rest = first ? delta / DAMP : delta / 2;
        rest += rest / length;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
    }
}
