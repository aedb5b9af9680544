package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "127.0.0.1, 127.0.0.1/32",
        "127.0.0.1/32, 127.0.0.1/32",
        "192.168.128.0/17, 192.168.128.0/17",
        "FD00::/8, fd00::/8",
        "::1, ::1/128",
        "::/0, ::/0",
        "2001:0db8::/33, 2001:db8::/33",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:10.0.0.1, 10.0.0.1/32"
    })
    void reads_cidr_notation(String text, String canonical) {
        assertThat(Network.parse(text)).hasToString(canonical).isEqualTo(Network.parse(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, the network is 10.0.0.0/8",
        "192.168.128.0/16, the network is 192.168.0.0/16",
        "fd00::1/64, the network is fd00::/64",
        "0.0.0.1/0, the network is 0.0.0.0/0",
        "10.0.0.0/33, 0 to 32",
        "::/129, 0 to 128",
        "::ffff:10.0.0.0/8, 0 to 32"
    })
    void says_what_is_wrong_with_a_prefix(String text, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.parse(text))
                .withMessageContaining(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "localhost",
                "10.0.0.0/",
                "10.0.0.0/a",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/\uFF18",
                "10.0.0/8",
                "010.0.0.0/8",
                "0x0a.0.0.0/8",
                " 10.0.0.0/8",
                "[::1]",
                "fe80::1%eth0",
                "fe80::%1/10"
            })
    void refuses_what_is_no_network(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Network.parse(text))
                .withMessageContaining("such as 10.0.0.0/8");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "198.18.0.0/15, 198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
        "1.2.3.4/32, 1.2.3.4, 1.2.3.4, 1.2.3.3, 1.2.3.5",
        "1.2.3.4/31, 1.2.3.4, 1.2.3.5, 1.2.3.3, 1.2.3.6",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255, 127.255.255.255, 0.0.0.0",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::, ::1",
        "fe80::/10, fe80::, febf:ffff::ffff, fe7f::ffff, fec0::",
        "2001:db8::/127, 2001:db8::, 2001:db8::1, 2001:db7:ffff::, 2001:db8::2",
        "::/0, ::, ff::, 0.0.0.0, 127.0.0.1"
    })
    void contains_its_first_and_its_last(String text, String first, String last, String before, String after) {
        var network = Network.parse(text);
        assertThat(network.contains(address(first))).isTrue();
        assertThat(network.contains(address(last))).isTrue();
        assertThat(network.contains(address(before))).isFalse();
        assertThat(network.contains(address(after))).isFalse();
    }

    @Test
    void lists_are_separated_by_commas() throws UnknownHostException {
        var networks = Networks.parse(" 127.0.0.0/8, fd00::/8 ,10.1.2.3");
        assertThat(networks).hasToString("127.0.0.0/8,fd00::/8,10.1.2.3/32");
        assertThat(networks.contains(address("127.9.9.9"))).isTrue();
        assertThat(networks.contains(address("10.1.2.3"))).isTrue();
        assertThat(networks.contains(address("10.1.2.4"))).isFalse();
        assertThat(networks.find(InetAddress.getByAddress("a.name", new byte[] {127, 0, 0, 1})))
                .contains(Network.parse("127.0.0.0/8"));
        assertThat(Networks.parse(" ").contains(address("127.0.0.1"))).isFalse();
        assertThat(Networks.of(Network.parse("::1")).contains(address("::1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "10.0.0.0/8,", "10.0.0.0/8,,::1", "10.0.0.0/8;::1", "10.0.0.0/8 ::1"})
    void lists_have_no_gaps(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Networks.parse(text));
    }

    @Test
    void ports_are_numbers_and_ranges() {
        var ports = PortRanges.parse("80, 443,8000 - 9000 ");
        assertThat(ports).hasToString("80, 443, 8000-9000");
        for (int open : new int[] {80, 443, 8000, 8500, 9000}) {
            assertThat(ports.contains(open)).isTrue();
        }
        for (int closed : new int[] {0, 79, 81, 442, 444, 7999, 9001, 65_535}) {
            assertThat(ports.contains(closed)).isFalse();
        }
        assertThat(PortRanges.parse("1-65535").contains(65_535)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "x", "0", "65536", "99999", "100000", "80,", "80,,81", "90-80", "80-", "-80", "0-5", "1-65536",
                "80 81", "\uFF18"
            })
    void ports_are_from_1_to_65535(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortRanges.parse(text))
                .withMessageContaining("expected are numbers from 1 to 65535");
    }

    private static InetAddress address(String text) {
        var address = Addresses.parse(text);
        assertThat(address).isNotNull();
        return address;
    }
}
