package dev.fetchline.guard;

import org.jspecify.annotations.Nullable;

/// IPv4 addresses as RFC 3986 section 3.2.2 writes them: four decimal numbers without leading zeros,
/// nothing else.
final class Ipv4Text {
    private Ipv4Text() {}

    static byte @Nullable [] parse(String text) {
        var address = new byte[4];
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', from);
            if (dot < 0 != (i == 3)) {
                return null;
            }
            int end = dot < 0 ? text.length() : dot;
            int octet = octet(text, from, end);
            if (octet < 0) {
                return null;
            }
            address[i] = (byte) octet;
            from = end + 1;
        }
        return address;
    }

    private static int octet(String text, int from, int end) {
        int length = end - from;
        if (length < 1 || length > 3 || (length > 1 && text.startsWith("0", from))) {
            return -1;
        }
        int octet = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            octet = octet * 10 + digit;
        }
        return octet > 255 ? -1 : octet;
    }
}
