package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The IPv4 addresses inside an IPv6 address that a relay or translator on the way may deliver to. A v4-mapped
/// address is not among them: it is its IPv4 address everywhere (see [Addresses]).
final class EmbeddedIpv4 {
    private static final Network COMPATIBLE = Network.parse("::/96");
    private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network LOCAL_NAT64 = Network.parse("64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");

    private EmbeddedIpv4() {}

    /// All readings that the address has; empty for most.
    static List<InetAddress> of(InetAddress address) {
        byte[] bytes = Addresses.plain(address).getAddress();
        if (bytes.length == 4 || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return List.of();
        }
        var inside = new ArrayList<InetAddress>();
        if (COMPATIBLE.contains(bytes) || TRANSLATED.contains(bytes) || NAT64.contains(bytes) || isIsatap(bytes)) {
            inside.add(at(bytes, 12, 13, 14, 15));
        }
        if (LOCAL_NAT64.contains(bytes)) {
            inside.addAll(localNat64(bytes));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            inside.add(at(bytes, 2, 3, 4, 5));
        }
        if (TEREDO.contains(bytes)) {
            inside.add(at(bytes, 4, 5, 6, 7));
            inside.add(at(inverted(bytes), 12, 13, 14, 15));
        }
        return inside;
    }

    /// RFC 6052 section 2.2, for prefixes of 48 and 96 bits (RFC 8215 leaves the length open). The reading that is not
    /// meant is 0.0.0.0, where there is one.
    private static List<InetAddress> localNat64(byte[] bytes) {
        var long48 = at(bytes, 6, 7, 9, 10);
        var long96 = at(bytes, 12, 13, 14, 15);
        if (long48.isAnyLocalAddress()) {
            return List.of(long96);
        }
        return long96.isAnyLocalAddress() ? List.of(long48) : List.of(long48, long96);
    }

    /// RFC 5214 section 6.1: an interface identifier, whatever the prefix.
    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & 0xFD) == 0 && bytes[9] == 0 && bytes[10] == 0x5E && (bytes[11] & 0xFF) == 0xFE;
    }

    private static byte[] inverted(byte[] bytes) {
        var inverted = bytes.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = (byte) ~inverted[i];
        }
        return inverted;
    }

    private static InetAddress at(byte[] bytes, int a, int b, int c, int d) {
        return Addresses.of(new byte[] {bytes[a], bytes[b], bytes[c], bytes[d]});
    }
}
