package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The blocks that no fetch reaches unless an allow-list opens them: IANA's special-purpose registries (RFC
/// 6890) and what those leave out. IPv6 is denied by default: only global unicast is open, less what is set
/// apart in it.
final class DenyList {
    private static final List<Block> IPV4 = List.of(
            block("0.0.0.0/8", "this network, RFC 791"),
            block("10.0.0.0/8", "private use, RFC 1918"),
            block("100.64.0.0/10", "shared address space, RFC 6598"),
            block("127.0.0.0/8", "loopback, RFC 1122"),
            block("169.254.0.0/16", "link-local, RFC 3927"),
            block("172.16.0.0/12", "private use, RFC 1918"),
            block("192.0.0.0/24", "IETF protocol assignments, RFC 6890"),
            block("192.0.2.0/24", "documentation, RFC 5737"),
            block("192.88.99.0/24", "6to4 relay anycast, RFC 7526"),
            block("192.168.0.0/16", "private use, RFC 1918"),
            block("198.18.0.0/15", "benchmarking, RFC 2544"),
            block("198.51.100.0/24", "documentation, RFC 5737"),
            block("203.0.113.0/24", "documentation, RFC 5737"),
            block("224.0.0.0/4", "multicast, RFC 5771"),
            block("240.0.0.0/4", "reserved, RFC 1112"));

    /// In the order of judgement: what is set apart within global unicast before the whole of it.
    private static final List<Block> IPV6_SET_APART = List.of(
            block("2001::/32", "Teredo, an IPv4 address inside, RFC 4380"),
            block("2001::/23", "IETF protocol assignments, RFC 2928"),
            block("2001:db8::/32", "documentation, RFC 3849"),
            block("2002::/16", "6to4, an IPv4 address inside, RFC 3056"),
            block("3fff::/20", "documentation, RFC 9637"));

    private static final Network IPV6_GLOBAL_UNICAST = Network.parse("2000::/3");

    /// Names for blocks outside of global unicast; the last takes whatever the others leave.
    private static final List<Block> IPV6_ELSEWHERE = List.of(
            block("::/128", "unspecified, RFC 4291"),
            block("::1/128", "loopback, RFC 4291"),
            block("::/96", "IPv4-compatible, an IPv4 address inside, RFC 4291"),
            block("::ffff:0:0:0/96", "IPv4-translated, an IPv4 address inside, RFC 2765"),
            block("64:ff9b::/96", "NAT64, an IPv4 address inside, RFC 6052"),
            block("64:ff9b:1::/48", "local-use NAT64, RFC 8215"),
            block("100::/64", "discard-only, RFC 6666"),
            block("100:0:0:1::/64", "dummy prefix, RFC 9780"),
            block("5f00::/16", "segment routing, RFC 9602"),
            block("fc00::/7", "unique local, RFC 4193"),
            block("fe80::/10", "link-local, RFC 4291"),
            block("fec0::/10", "site-local, RFC 3879"),
            block("ff00::/8", "multicast, RFC 4291"),
            block("::/0", "outside of global unicast 2000::/3, RFC 4291"));

    private DenyList() {}

    /// A closed block.
    ///
    /// @param purpose what the block is for, and where that is written
    record Block(Network network, String purpose) {
        @Override
        public String toString() {
            return "%s (%s)".formatted(network, purpose);
        }
    }

    private static Block block(String network, String purpose) {
        return new Block(Network.parse(network), purpose);
    }

    /// The block that denies the address; empty for a public one.
    static Optional<Block> find(InetAddress address) {
        byte[] bytes = Addresses.plain(address).getAddress();
        if (bytes.length == 4) {
            return Optional.ofNullable(first(IPV4, bytes));
        }
        return Optional.ofNullable(first(IPV6_GLOBAL_UNICAST.contains(bytes) ? IPV6_SET_APART : IPV6_ELSEWHERE, bytes));
    }

    private static @Nullable Block first(List<Block> blocks, byte[] address) {
        for (var block : blocks) {
            if (block.network.contains(address)) {
                return block;
            }
        }
        return null;
    }
}
