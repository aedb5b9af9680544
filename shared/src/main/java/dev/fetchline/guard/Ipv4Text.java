package dev.fetchline.guard;

import org.jspecify.annotations.Nullable;

/// IPv4 addresses as RFC 3986 section 3.2.2 writes them: four decimal numbers without leading zeros, nothing
/// else.
final class Ipv4Text {
    private Ipv4Text() {}

    static byte @Nullable [] parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        var address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int octet = octet(parts[i]);
            if (octet < 0) {
                return null;
            }
            address[i] = (byte) octet;
        }
        return address;
    }

    private static int octet(String part) {
        boolean digits = !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (part.length() > 1 && part.startsWith("0"))) {
            return -1;
        }
        int octet = Integer.parseInt(part);
        return octet > 255 ? -1 : octet;
    }
}
