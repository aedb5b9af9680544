package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// IPv6 addresses as text: read by RFC 4291 section 2.2, written by RFC 5952 section 4 (never in mixed
/// notation, as the WHATWG standard writes hosts). The JDK's own reader folds v4-mapped addresses and takes
/// scope ids; this one does not.
final class Ipv6Text {
    static final InetAddress LOOPBACK = Addresses.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    private static final int GROUPS = 8;

    private Ipv6Text() {}

    /// The address that `text` spells, without brackets.
    ///
    /// @return 16 bytes, or null if `text` is no address
    static byte @Nullable [] parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            var groups = groups(text, true);
            return groups != null && groups.length == GROUPS ? bytes(groups) : null;
        }
        var head = groups(text.substring(0, gap), false);
        var tail = groups(text.substring(gap + 2), true);
        // A gap stands for at least one group (RFC 4291), and a text has no second one: groups() refuses its colons.
        if (head == null || tail == null || head.length + tail.length >= GROUPS) {
            return null;
        }
        var groups = Arrays.copyOf(head, GROUPS);
        System.arraycopy(tail, 0, groups, GROUPS - tail.length, tail.length);
        return bytes(groups);
    }

    private static int @Nullable [] groups(String text, boolean quadAllowed) {
        if (text.isEmpty()) {
            return new int[0];
        }
        var parts = text.split(":", -1);
        var groups = new int[parts.length + 1];
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            var quad = quadAllowed && i == parts.length - 1 ? Ipv4Text.parse(parts[i]) : null;
            if (quad != null) {
                groups[count++] = (quad[0] & 0xFF) << 8 | (quad[1] & 0xFF);
                groups[count++] = (quad[2] & 0xFF) << 8 | (quad[3] & 0xFF);
            } else if (isGroup(parts[i])) {
                groups[count++] = Integer.parseInt(parts[i], 16);
            } else {
                return null;
            }
        }
        return Arrays.copyOf(groups, count);
    }

    private static boolean isGroup(String part) {
        return !part.isEmpty()
                && part.length() <= 4
                && part.chars().allMatch(c -> PercentEncoding.hexDigit((char) c) >= 0);
    }

    private static byte[] bytes(int[] groups) {
        var address = new byte[2 * GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            address[2 * i] = (byte) (groups[i] >> 8);
            address[2 * i + 1] = (byte) groups[i];
        }
        return address;
    }

    /// The one text of an address.
    ///
    /// @param address 16 bytes
    static String format(byte[] address) {
        var groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (address[2 * i] & 0xFF) << 8 | (address[2 * i + 1] & 0xFF);
        }
        int gap = 0;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(groups, i);
            if (zeros > gapLength) {
                gap = i;
                gapLength = zeros;
            }
        }
        if (gapLength == 1) {
            return joined(groups, 0, GROUPS);
        }
        return joined(groups, 0, gap) + "::" + joined(groups, gap + gapLength, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int i = from;
        while (i < GROUPS && groups[i] == 0) {
            i++;
        }
        return i - from;
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
