package dev.fetchline.guard;

import java.net.InetAddress;

/// A block of addresses in CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3). IPv4 and IPv6 never
/// contain each other; a v4-mapped IPv6 address counts as its IPv4 address.
///
/// @param first the block's first address: all bits after the prefix are zero
/// @param prefixLength 0 to 32 bits for IPv4, 0 to 128 for IPv6
public record Network(InetAddress first, int prefixLength) {
    /// Checks that the two make a block.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if this is no block
    public Network {
        first = Addresses.plain(first);
        byte[] bytes = first.getAddress();
        if (prefixLength < 0 || prefixLength > bytes.length * 8) {
            throw new IllegalArgumentException("%s/%d has no such prefix length: 0 to %d is expected."
                    .formatted(Addresses.text(first), prefixLength, bytes.length * 8));
        }
        byte[] masked = masked(bytes, prefixLength);
        if (!Addresses.of(masked).equals(first)) {
            throw new IllegalArgumentException("%1$s/%2$d has bits set after its prefix; the network is %3$s/%2$d."
                    .formatted(Addresses.text(first), prefixLength, Addresses.text(Addresses.of(masked))));
        }
    }

    /// Reads `10.0.0.0/8`, `fd00::/8`, or a single address.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, if `text` is no network
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        var addressText = slash < 0 ? text : text.substring(0, slash);
        var address = Addresses.parse(addressText);
        if (address == null) {
            throw notANetwork(text);
        }
        int bits = address.getAddress().length * 8;
        if (slash < 0) {
            return new Network(address, bits);
        }
        var length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}")) {
            throw notANetwork(text);
        }
        // "::ffff:10.0.0.0/104" counts its prefix over 128 bits and is 10.0.0.0/8.
        int folded = addressText.indexOf(':') >= 0 && bits == 32 ? 96 : 0;
        return new Network(address, Integer.parseInt(length) - folded);
    }

    private static IllegalArgumentException notANetwork(String text) {
        return new IllegalArgumentException(
                "\"%s\" is no network; expected is an address and a prefix length, such as 10.0.0.0/8 or fd00::/8."
                        .formatted(FetchUrl.redact(text, 80)));
    }

    /// Whether the address lies in this block. Its scope id, if any, does not matter here.
    public boolean contains(InetAddress address) {
        return contains(Addresses.plain(address).getAddress());
    }

    /// Whether the address of these bytes lies in this block.
    ///
    /// @param address 4 bytes, or 16 that are not v4-mapped
    boolean contains(byte[] address) {
        byte[] prefix = first.getAddress();
        if (address.length != prefix.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || ((address[whole] ^ prefix[whole]) & 0xFF) >> (8 - rest) == 0;
    }

    /// Whether some address lies in both blocks.
    boolean overlaps(Network other) {
        return prefixLength <= other.prefixLength ? contains(other.first) : other.contains(first);
    }

    private static byte[] masked(byte[] address, int prefixLength) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefixLength - 8L * i, 0, 8);
            masked[i] &= (byte) (0xFF << (8 - kept));
        }
        return masked;
    }

    @Override
    public String toString() {
        return Addresses.text(first) + "/" + prefixLength;
    }
}
