package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every block of section 9 of the design, by arithmetic that shares nothing with the guard's own.
class AddressBlocksTest {
    private static final UrlGuard GUARD = new UrlGuard(PortRanges.parse("80"), Networks.NONE, Networks.NONE, List.of());

    private static final List<Range> DENIED = List.of(
            range("0.0.0.0", 8),
            range("10.0.0.0", 8),
            range("100.64.0.0", 10),
            range("127.0.0.0", 8),
            range("169.254.0.0", 16),
            range("172.16.0.0", 12),
            range("192.0.0.0", 24),
            range("192.0.2.0", 24),
            range("192.88.99.0", 24),
            range("192.168.0.0", 16),
            range("198.18.0.0", 15),
            range("198.51.100.0", 24),
            range("203.0.113.0", 24),
            range("224.0.0.0", 4),
            range("240.0.0.0", 4),
            // all but 2000::/3
            range("::", 3),
            range("4000::", 2),
            range("8000::", 1),
            range("2001::", 23),
            range("2001:db8::", 32),
            range("2002::", 16),
            range("3fff::", 20),
            // inside what is denied anyhow, each with a name of its own
            range("::", 128),
            range("::1", 128),
            range("::", 96),
            range("::ffff:0:0:0", 96),
            range("64:ff9b::", 96),
            range("64:ff9b:1::", 48),
            range("100::", 64),
            range("2001::", 32),
            range("5f00::", 16),
            range("fc00::", 7),
            range("fe80::", 10),
            range("fec0::", 10),
            range("ff00::", 8));

    /// A block of addresses.
    ///
    /// @param bytes 4 or 16
    private record Range(String name, int bytes, BigInteger first, BigInteger last) {
        boolean contains(int ofBytes, BigInteger address) {
            return bytes == ofBytes && address.compareTo(first) >= 0 && address.compareTo(last) <= 0;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Range range(String first, int prefixLength) {
        byte[] address = parsed(first).getAddress();
        var number = new BigInteger(1, address);
        var size = BigInteger.ONE.shiftLeft(address.length * 8 - prefixLength);
        return new Range(
                first + "/" + prefixLength,
                address.length,
                number,
                number.add(size).subtract(BigInteger.ONE));
    }

    static List<Range> denied() {
        return DENIED;
    }

    @ParameterizedTest
    @MethodSource("denied")
    void is_denied_from_its_first_address_to_its_last(Range range) {
        var size = range.last().subtract(range.first());
        assertJudged(range, range.first());
        assertJudged(range, range.last());
        assertJudged(range, range.first().add(size.shiftRight(1)));
        var random = new Random(range.name().hashCode());
        for (int i = 0; i < 200; i++) {
            assertJudged(
                    range,
                    range.first().add(new BigInteger(size.bitLength() + 1, random).mod(size.add(BigInteger.ONE))));
        }
        assertThat(isDenied(range.bytes(), range.first())).isTrue();
        assertThat(isDenied(range.bytes(), range.last())).isTrue();
    }

    /// The neighbours of a block are denied only where they belong to another.
    @ParameterizedTest
    @MethodSource("denied")
    void ends_where_it_ends(Range range) {
        if (range.first().signum() > 0) {
            assertJudged(range, range.first().subtract(BigInteger.ONE));
        }
        var after = range.last().add(BigInteger.ONE);
        if (after.bitLength() <= range.bytes() * 8) {
            assertJudged(range, after);
        }
    }

    private static void assertJudged(Range range, BigInteger address) {
        var inet = address(address, range.bytes());
        boolean expected = DENIED.stream().anyMatch(it -> it.contains(range.bytes(), address));
        assertThat(GUARD.judge(inet).isPresent()).as("%s at %s", inet, range).isEqualTo(expected);
        var literal = range.bytes() == 4 ? inet.getHostAddress() : "[" + inet.getHostAddress() + "]";
        var url = (FetchUrl) FetchUrl.read("http://" + literal + "/");
        assertThat(GUARD.judge(url).isPresent())
                .as("%s at %s", url.text(), range)
                .isEqualTo(expected);
    }

    private static boolean isDenied(int bytes, BigInteger address) {
        return GUARD.judge(address(address, bytes)).isPresent();
    }

    private static InetAddress address(BigInteger number, int bytes) {
        byte[] magnitude = number.toByteArray();
        var address = new byte[bytes];
        int count = Math.min(bytes, magnitude.length);
        System.arraycopy(magnitude, magnitude.length - count, address, bytes - count, count);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(Arrays.toString(address), e);
        }
    }

    /// Of a literal, by the JDK, so without a look-up.
    private static InetAddress parsed(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(literal, e);
        }
    }
}
