package dev.fetchline.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Addresses without look-ups. A v4-mapped IPv6 address (RFC 4291 section 2.5.5.2) is its IPv4 address
/// everywhere here: that is what the JDK connects to.
final class Addresses {
    private Addresses() {}

    /// The address of these bytes.
    ///
    /// @param bytes 4 or 16
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("An address has 4 or 16 bytes, not %d.".formatted(bytes.length), e);
        }
    }

    /// The address, with a name that no look-up gave it; TLS asks for the name (SNI) and not for the
    /// address.
    static InetAddress named(String name, InetAddress address) {
        try {
            return InetAddress.getByAddress(name, address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A link-local address with a scope id, which no setting opens.
    static InetAddress scoped(String name) {
        byte[] linkLocal = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        try {
            return Inet6Address.getByAddress(name, linkLocal, 1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The address without name and scope, folded to IPv4 where it is v4-mapped.
    static InetAddress plain(InetAddress address) {
        return of(address.getAddress());
    }

    /// The address that a text without brackets spells, or null.
    static @Nullable InetAddress parse(String text) {
        byte[] bytes = text.indexOf(':') < 0 ? Ipv4Text.parse(text) : Ipv6Text.parse(text);
        return bytes == null ? null : of(bytes);
    }

    static boolean hasScope(InetAddress address) {
        return address instanceof Inet6Address six && (six.getScopeId() != 0 || six.getScopedInterface() != null);
    }

    /// Whether a connection to it ends on this machine: loopback, and the unspecified address, which Linux
    /// takes for it.
    static boolean isThisMachine(InetAddress address) {
        return address.isLoopbackAddress() || address.isAnyLocalAddress();
    }

    /// As in a message: no name, no scope, IPv6 by RFC 5952.
    static String text(InetAddress address) {
        var plain = plain(address);
        return plain instanceof Inet6Address ? Ipv6Text.format(plain.getAddress()) : plain.getHostAddress();
    }
}
