package dev.fetchline.progress;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A set of sort keys as two numbers, which do not depend on their order: how many there are, and the sum of their
/// hashes. Two counts of one set that agree in both have counted the same keys, each as often: a key that was counted
/// twice, or one in place of another, leaves another sum but for one case in 2^64.
///
/// @param count of keys
/// @param sum of their hashes modulo 2^64
public record KeySum(long count, long sum) {
    /// That of no key.
    public static final KeySum NONE = new KeySum(0, 0);

    /// FNV-1a of 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/index.html>).
    private static final long FNV_OFFSET_BASIS = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18}):([0-9a-f]{16})");

    private static final HexFormat HEX = HexFormat.of();

    /// The hash of a key: FNV-1a of 64 bits over its UTF-8 bytes.
    public static long hash(String sortKey) {
        long hash = FNV_OFFSET_BASIS;
        for (int i = 0; i < sortKey.length(); i++) {
            char c = sortKey.charAt(i);
            if (c >= 0x80) {
                return hash(hash, sortKey.substring(i).getBytes(StandardCharsets.UTF_8));
            }
            hash = (hash ^ c) * FNV_PRIME;
        }
        return hash;
    }

    /// Canonical URLs are ASCII, so only keys of what is none come here.
    private static long hash(long before, byte[] bytes) {
        long hash = before;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    /// That of one key.
    public static KeySum of(String sortKey) {
        return new KeySum(1, hash(sortKey));
    }

    /// That of both sets together, which should have no key in common.
    public KeySum plus(KeySum other) {
        return new KeySum(count + other.count, sum + other.sum);
    }

    /// That of this set and one more key.
    public KeySum plus(String sortKey) {
        return new KeySum(count + 1, sum + hash(sortKey));
    }

    /// Reads what [#toString] writes.
    ///
    /// @throws IllegalArgumentException with one sentence where `text` is something else
    public static KeySum parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("found \"" + text + "\" as a sum of keys, expected a count of at most"
                    + " 18 digits, a colon and 16 lower-case hex digits");
        }
        return new KeySum(Long.parseLong(parts.group(1)), HexFormat.fromHexDigitsToLong(parts.group(2)));
    }

    /// `<count>:<sum as 16 hex digits>`.
    @Override
    public String toString() {
        return count + ":" + HEX.toHexDigits(sum);
    }
}
