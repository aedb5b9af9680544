package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.guard.Refusal.Rule;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlGuardTest {
    private static final PortRanges PORTS = PortRanges.parse("80,443,8080,8443");
    private static final UrlGuard PUBLIC_ONLY = new UrlGuard(PORTS, Networks.NONE, Networks.NONE, List.of());

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/8, 0.0.0.0, 0.255.255.255, , 1.0.0.0",
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "100.64.0.0/10, 100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
        "127.0.0.0/8, 127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
        "169.254.0.0/16, 169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
        "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "192.0.0.0/24, 192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0",
        "192.0.2.0/24, 192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
        "192.88.99.0/24, 192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0",
        "192.168.0.0/16, 192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
        "198.18.0.0/15, 198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
        "198.51.100.0/24, 198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0",
        "203.0.113.0/24, 203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0",
        "224.0.0.0/4, 224.0.0.0, 239.255.255.255, 223.255.255.255, ",
        "240.0.0.0/4, 240.0.0.0, 255.255.255.255, , ",
        "::/0, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 4000::, , ",
        "::/0, 200::, 5eff:ffff::, , ",
        "2001::/32, 2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "2001::/23, 2001:1::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, , 2001:200::",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::ffff, 2001:db9::",
        "2002::/16, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff::ffff, 2003::",
        "3fff::/20, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff::ffff, 3fff:1000::",
        "::/128, ::, ::, , ",
        "::1/128, ::1, ::1, , ",
        "::/96, ::2, ::ffff:ffff, , ",
        "::ffff:0:0:0/96, ::ffff:0:0:0, ::ffff:0:ffff:ffff, , ",
        "64:ff9b::/96, 64:ff9b::, 64:ff9b::ffff:ffff, , ",
        "64:ff9b:1::/48, 64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, , ",
        "100::/64, 100::, 100::ffff:ffff:ffff:ffff, , ",
        "100:0:0:1::/64, 100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, , ",
        "5f00::/16, 5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fec0::/10, fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "ff00::/8, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , "
    })
    void denies_a_block_from_its_first_address_to_its_last(
            String block, String first, String last, String publicBefore, String publicAfter) {
        assertThat(detail(PUBLIC_ONLY, first)).contains(" is in " + block + " (");
        assertThat(detail(PUBLIC_ONLY, last)).contains(" is in " + block + " (");
        for (var open : new String[] {publicBefore, publicAfter}) {
            if (open != null) {
                assertThat(PUBLIC_ONLY.judge(address(open))).as(open).isEmpty();
            }
        }
    }

    @Test
    void says_which_block_and_why() {
        assertThat(PUBLIC_ONLY.judge(address("10.1.2.3")))
                .contains(new Refusal(Rule.ADDRESS, "10.1.2.3 is in 10.0.0.0/8 (private use, RFC 1918)."));
        assertThat(detail(PUBLIC_ONLY, "fd00:ec2::254"))
                .isEqualTo("fd00:ec2::254 is in fc00::/7 (unique local, RFC 4193).");
    }

    /// 127.0.0.1, 169.254.169.254 and the public 93.184.216.34 inside IPv6.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://\uFF11\uFF12\uFF17.0.0.1/",
                "http://[::1]/",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:a9fe:a9fe]/",
                "http://[0:0:0:0:0:FFFF:7F00:0001]/",
                "http://[::127.0.0.1]/",
                "http://[::7f00:1]/",
                "http://[::93.184.216.34]/",
                "http://[::ffff:0:127.0.0.1]/",
                "http://[64:ff9b::127.0.0.1]/",
                "http://[64:ff9b::93.184.216.34]/",
                "http://[2002:7f00:1::]/",
                "http://[2002:5db8:d822::]/",
                "http://[2001:0:5db8:d822::]/",
                "http://[fd00:ec2::254]/",
                "http://255.255.255.255/"
            })
    void denies_literals_in_every_spelling(String submitted) {
        var url = url(submitted);
        assertThat(PUBLIC_ONLY.judge(url)).map(Refusal::rule).contains(Rule.ADDRESS);
        assertThat(PUBLIC_ONLY.judge(url, List.of(url.literal().orElseThrow()))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://93.184.216.34/", "http://[::ffff:93.184.216.34]/", "http://[2606:2800:220:1::1]/"})
    void lets_public_literals_pass(String submitted) {
        assertThat(PUBLIC_ONLY.judge(url(submitted))).isEmpty();
    }

    @Test
    void denies_any_scope_id() throws UnknownHostException {
        var scoped =
                Inet6Address.getByAddress(null, address("2606:2800:220:1::1").getAddress(), 1);
        var open = new UrlGuard(PORTS, Networks.parse("::/0"), Networks.NONE, List.of());
        assertThat(PUBLIC_ONLY.judge(scoped)).isPresent();
        assertThat(open.judge(scoped)).isPresent();
    }

    @Test
    void sees_through_mapped_addresses_that_the_jdk_did_not_fold() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        var unfolded = Inet6Address.getByAddress(null, mapped, -1);
        assertThat(unfolded.getAddress()).hasSize(16);
        assertThat(PUBLIC_ONLY.judge(unfolded).orElseThrow().detail())
                .isEqualTo("10.0.0.1 is in 10.0.0.0/8 (private use, RFC 1918).");
    }

    @Test
    void one_denied_address_denies_the_name() {
        var url = url("http://mixed.test/");
        assertThat(PUBLIC_ONLY.judge(url, addresses("93.184.216.34"))).isEmpty();
        assertThat(PUBLIC_ONLY.judge(url, addresses("93.184.216.34", "10.0.0.1")))
                .map(Refusal::rule)
                .contains(Rule.ADDRESS);
        assertThat(PUBLIC_ONLY.judge(url, addresses("2606:2800:220:1::1", "::1")))
                .isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> PUBLIC_ONLY.judge(url, List.of()));
    }

    @Test
    void allows_the_listed_ports_only() {
        assertThat(PUBLIC_ONLY.judge(url("http://x.test:8080/"))).isEmpty();
        assertThat(PUBLIC_ONLY.judge(url("https://x.test/"))).isEmpty();
        assertThat(PUBLIC_ONLY.judge(url("http://x.test:22/")))
                .contains(new Refusal(Rule.PORT, "Port 22 is not among the allowed ports 80, 443, 8080, 8443."));
        assertThat(PUBLIC_ONLY.judge(url("http://x.test:22/"), addresses("93.184.216.34")))
                .isPresent();
    }

    @Test
    void the_operator_s_deny_list_beats_the_allow_list_and_that_the_built_in_one() {
        var guard = new UrlGuard(
                PORTS, Networks.parse("10.0.0.0/8,::1"), Networks.parse("10.9.0.0/16,93.184.216.0/24"), List.of());
        assertThat(guard.judge(address("10.1.0.1"))).isEmpty();
        assertThat(guard.judge(address("::1"))).isEmpty();
        assertThat(guard.judge(address("::ffff:10.1.0.1"))).isEmpty();
        assertThat(detail(guard, "10.9.0.1")).isEqualTo("10.9.0.1 is in 10.9.0.0/16 (denied by the operator).");
        assertThat(guard.judge(address("93.184.216.34"))).isPresent();
        assertThat(guard.judge(address("192.168.0.1"))).isPresent();
        assertThat(guard.judge(url("http://10.1.0.1/"))).isEmpty();
    }

    /// 127.0.0.1 and 8.8.8.8 inside IPv6, each way that there is.
    @ParameterizedTest
    @CsvSource({
        "::/96, ::7f00:1, ::808:808",
        "::ffff:0:0:0/96, ::ffff:0:7f00:1, ::ffff:0:808:808",
        "64:ff9b::/96, 64:ff9b::7f00:1, 64:ff9b::808:808",
        "64:ff9b:1::/48, 64:ff9b:1::7f00:1, 64:ff9b:1::808:808",
        "64:ff9b:1::/48, 64:ff9b:1:7f00:0:100::, 64:ff9b:1:808:8:800::",
        "2002::/16, 2002:7f00:1::1, 2002:808:808::1",
        "2001::/32, 2001:0:808:808:8000:63bf:80ff:fffe, 2001:0:808:808:8000:63bf:f7f7:f7f7",
        "2001::/32, 2001:0:7f00:1:8000:63bf:f7f7:f7f7, 2001:0:808:808::f7f7:f7f7",
        "fd00::/8, fd00::5efe:7f00:1, fd00::5efe:808:808",
        "fd00::/8, fd00::200:5efe:7f00:1, fd00::200:5efe:808:808"
    })
    void what_opens_a_way_into_ipv4_opens_no_closed_address_there(String network, String loopback, String open) {
        var guard = new UrlGuard(PORTS, Networks.parse(network), Networks.NONE, List.of());
        assertThat(detail(guard, loopback)).endsWith("holds 127.0.0.1, which is in 127.0.0.0/8 (loopback, RFC 1122).");
        assertThat(guard.judge(address(open))).isEmpty();
        var both = new UrlGuard(PORTS, Networks.parse(network + ",127.0.0.0/8"), Networks.NONE, List.of());
        assertThat(both.judge(address(loopback))).isEmpty();
        var denied = new UrlGuard(PORTS, Networks.parse(network), Networks.parse("8.8.8.0/24"), List.of());
        assertThat(detail(denied, open)).endsWith("holds 8.8.8.8, which is in 8.8.8.0/24 (denied by the operator).");
    }

    @Test
    void global_unicast_that_holds_a_closed_ipv4_address_is_denied() {
        assertThat(detail(PUBLIC_ONLY, "2606:4700::5efe:7f00:1"))
                .isEqualTo("2606:4700::5efe:7f00:1 holds 127.0.0.1, which is in 127.0.0.0/8 (loopback, RFC 1122).");
        assertThat(PUBLIC_ONLY.judge(address("2606:4700::5efe:808:808"))).isEmpty();
        assertThat(PUBLIC_ONLY.judge(address("2606:4700::7f00:1"))).isEmpty();
    }

    @Test
    void endpoints_are_denied_with_and_without_an_allow_list() {
        var endpoints = List.of(new DeniedEndpoint("127.0.0.1", 8080));
        var closed = new UrlGuard(PORTS, Networks.NONE, Networks.NONE, endpoints);
        assertThat(rule(closed, "http://127.0.0.1:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(closed, "http://[::ffff:7f00:1]:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(closed, "http://127.0.0.2:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(closed, "http://0.0.0.0:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(closed, "http://127.0.0.1/")).isEqualTo(Rule.ADDRESS);
        assertThat(closed.judge(url("http://x.test:8080/"))).isEmpty();
        assertThat(closed.judge(url("http://x.test:8080/"), addresses("93.184.216.34")))
                .isEmpty();
        assertThat(closed.judge(url("http://x.test:8080/"), addresses("127.0.0.1"))
                        .orElseThrow()
                        .rule())
                .isEqualTo(Rule.ENDPOINT);

        var open = new UrlGuard(PORTS, Networks.parse("127.0.0.0/8,10.0.0.0/8"), Networks.NONE, endpoints);
        assertThat(rule(open, "http://127.0.0.1:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(open, "http://10.0.0.1:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(open, "http://x.test:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(open.judge(url("http://93.184.216.34:8080/"))).isEmpty();
        assertThat(open.judge(url("http://127.0.0.1/"))).isEmpty();
        assertThat(open.judge(url("http://x.test/"), addresses("127.0.0.1"))).isEmpty();
    }

    @Test
    void endpoints_stay_denied_where_the_allow_list_opens_another_way_to_them() {
        var guard = new UrlGuard(
                PortRanges.parse("9001"),
                Networks.parse("127.0.0.0/8,0.0.0.0/8,::/96"),
                Networks.NONE,
                List.of(new DeniedEndpoint("169.254.100.1", 9001)));
        assertThat(rule(guard, "http://127.0.0.1:9001/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://0.0.0.0:9001/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://[::1]:9001/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://[::]:9001/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://169.254.100.1:9001/")).isEqualTo(Rule.ENDPOINT);
    }

    @Test
    void endpoints_may_be_names() {
        var guard = new UrlGuard(
                PORTS,
                Networks.parse("127.0.0.0/8"),
                Networks.NONE,
                List.of(
                        new DeniedEndpoint("Sqs.Test.", 443, DeniedEndpoint.Use.AWS),
                        new DeniedEndpoint("localhost", 8080)));
        assertThat(rule(guard, "https://SQS.test./x")).isEqualTo(Rule.ENDPOINT);
        assertThat(guard.judge(url("http://sqs.test/x"))).isEmpty();
        assertThat(guard.judge(url("https://x.test/x"))).isEmpty();
        assertThat(rule(guard, "http://localhost:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://127.0.0.1:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://x.test:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(rule(guard, "http://[::1]:8080/")).isEqualTo(Rule.ENDPOINT);
    }

    @Test
    void reads_endpoints_from_the_environment() {
        var environment = Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001",
                "AWS_LAMBDA_METADATA_API", "169.254.100.1:9001",
                "AWS_XRAY_DAEMON_ADDRESS", "tcp:169.254.79.129:2000 udp:[::1]:2001",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9002/credentials",
                "AWS_ENDPOINT_URL", "http://localhost:4566",
                "AWS_ENDPOINT_URL_SQS", "https://SQS.eu-west-1.amazonaws.com",
                "AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://[fd00:ec2::254]",
                "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/credentials/id",
                "AWS_ENDPOINT_URL_DYNAMODB", " ",
                "PATH", "%%%");
        assertThat(UrlGuard.endpointsOf(environment))
                .extracting(DeniedEndpoint::toString)
                .containsExactlyInAnyOrder(
                        "127.0.0.1:9001",
                        "169.254.100.1:9001",
                        "169.254.79.129:2000",
                        "[::1]:2001",
                        "127.0.0.1:9002",
                        "[fd00:ec2::254]:80",
                        "169.254.170.2:80",
                        "localhost:4566",
                        "sqs.eu-west-1.amazonaws.com:443");
        assertThat(UrlGuard.endpointsOf(Map.of("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000")))
                .containsExactly(new DeniedEndpoint("169.254.79.129", 2000));
        assertThat(UrlGuard.endpointsOf(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_LAMBDA_RUNTIME_API, :9001",
        "AWS_LAMBDA_RUNTIME_API, 127.1:9001",
        "AWS_LAMBDA_RUNTIME_API, 0x7f000001:9001",
        "AWS_LAMBDA_RUNTIME_API, a host:9001",
        "AWS_LAMBDA_METADATA_API, 127.0.0.1:99999",
        "AWS_LAMBDA_METADATA_API, 127.0.0.1:0",
        "AWS_XRAY_DAEMON_ADDRESS, 169.254.79.129",
        "AWS_XRAY_DAEMON_ADDRESS, tcp:2000",
        "AWS_XRAY_DAEMON_ADDRESS, ::1:2000",
        "AWS_XRAY_DAEMON_ADDRESS, a:b",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI, 127.0.0.1/x",
        "AWS_ENDPOINT_URL, localhost:4566",
        "AWS_ENDPOINT_URL_SQS, ftp://x/",
        "AWS_ENDPOINT_URL_SQS, http://a_b/",
        "AWS_ENDPOINT_URL_DYNAMODB, http://user:hunter2@a_b/"
    })
    void an_endpoint_that_cannot_be_read_is_an_error(String variable, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UrlGuard.endpointsOf(Map.of(variable, value)))
                .withMessageContaining(variable)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    private static FetchUrl url(String submitted) {
        assertThat(FetchUrl.read(submitted)).isInstanceOf(FetchUrl.class);
        return (FetchUrl) FetchUrl.read(submitted);
    }

    private static Rule rule(UrlGuard guard, String submitted) {
        return guard.judge(url(submitted)).orElseThrow().rule();
    }

    private static String detail(UrlGuard guard, String address) {
        return guard.judge(address(address)).orElseThrow().detail();
    }

    private static List<InetAddress> addresses(String... texts) {
        return Arrays.stream(texts).map(UrlGuardTest::address).toList();
    }

    private static InetAddress address(String text) {
        var address = Addresses.parse(text);
        assertThat(address).isNotNull();
        return address;
    }

    @Test
    void a_redirect_does_not_lead_from_https_to_http_unless_that_is_allowed() {
        var secure = (FetchUrl) FetchUrl.read("https://example.com/");
        var plain = (FetchUrl) FetchUrl.read("http://example.com/");
        assertThat(PUBLIC_ONLY.judgeRedirect(secure, plain))
                .hasValueSatisfying(refusal -> assertThat(refusal.rule()).isEqualTo(Rule.DOWNGRADE));
        assertThat(PUBLIC_ONLY.judgeRedirect(plain, secure)).isEmpty();
        assertThat(PUBLIC_ONLY.judgeRedirect(plain, plain)).isEmpty();
        assertThat(PUBLIC_ONLY.judgeRedirect(secure, secure)).isEmpty();
        var lenient = new UrlGuard(PORTS, Networks.NONE, Networks.NONE, List.of(), true);
        assertThat(lenient.judgeRedirect(secure, plain)).isEmpty();
        assertThat(lenient.judgeRedirect(secure, (FetchUrl) FetchUrl.read("http://127.0.0.1/")))
                .hasValueSatisfying(refusal -> assertThat(refusal.rule()).isEqualTo(Rule.ADDRESS));
    }

    @Test
    void no_url_names_the_host_of_the_credentials_on_whatever_port() {
        var endpoints = UrlGuard.endpointsOf(
                Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://credentials.example:9999/get"));
        var guard = new UrlGuard(PORTS, Networks.NONE, Networks.NONE, endpoints);
        for (var url : List.of(
                "http://credentials.example/", "https://Credentials.Example./x", "http://credentials.example:9999/")) {
            assertThat(guard.judge((FetchUrl) FetchUrl.read(url)))
                    .as(url)
                    .hasValueSatisfying(refusal -> assertThat(refusal.rule()).isEqualTo(Rule.ENDPOINT));
        }
        assertThat(guard.judge((FetchUrl) FetchUrl.read("http://other.example/")))
                .isEmpty();
    }

    @Test
    void where_an_endpoint_of_lambda_is_named_any_name_on_its_port_may_lead_there() {
        var endpoints = UrlGuard.endpointsOf(Map.of("AWS_LAMBDA_RUNTIME_API", "runtime.internal:8080"));
        var url = (FetchUrl) FetchUrl.read("http://rebinds.example:8080/2018-06-01/runtime/invocation/next");
        assertThat(new UrlGuard(PORTS, Networks.parse("10.0.0.0/8"), Networks.NONE, endpoints).judge(url))
                .hasValueSatisfying(refusal -> assertThat(refusal.rule()).isEqualTo(Rule.ENDPOINT));
        assertThat(new UrlGuard(PORTS, Networks.NONE, Networks.NONE, endpoints).judge(url))
                .as("without an allow-list a private address is denied anyway")
                .isEmpty();
    }

    /// Where it is nobody knows before a look-up, so inside of the allowed networks it may be anywhere.
    @Test
    void where_an_endpoint_of_lambda_is_named_a_literal_of_the_allowed_networks_may_be_it() {
        for (var variable : List.of("AWS_LAMBDA_RUNTIME_API", "AWS_CONTAINER_CREDENTIALS_FULL_URI")) {
            var value = variable.endsWith("API") ? "runtime.internal:8080" : "http://runtime.internal:8080/get";
            var endpoints = UrlGuard.endpointsOf(Map.of(variable, value));
            var guard = new UrlGuard(PORTS, Networks.parse("10.0.0.0/8"), Networks.NONE, endpoints);
            assertThat(rule(guard, "http://10.1.2.3:8080/")).as(variable).isEqualTo(Rule.ENDPOINT);
            assertThat(guard.judge(url("http://10.1.2.3/"))).as(variable).isEmpty();
            assertThat(guard.judge(url("http://93.184.216.34:8080/")))
                    .as(variable)
                    .isEmpty();
        }
    }

    /// The second lock sees no ports: a name whose answer changes could lead to what the first refuses as a literal.
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.2/32",
        "127.0.0.1, 127.0.0.0/30",
        "127.0.0.1, 0.0.0.0/8",
        "127.0.0.1, ::1",
        "127.0.0.1, ::/0",
        "127.0.0.1, 0.0.0.0/0",
        "169.254.100.1, 127.0.0.0/8",
        "[::1], 127.0.0.1",
        "localhost, 127.0.0.3"
    })
    void a_name_is_refused_on_the_port_of_an_endpoint_wherever_a_literal_would_be(String host, String network) {
        var guard =
                new UrlGuard(PORTS, Networks.parse(network), Networks.NONE, List.of(new DeniedEndpoint(host, 8080)));
        assertThat(rule(guard, "http://rebinds.test:8080/")).isEqualTo(Rule.ENDPOINT);
        assertThat(guard.judge(url("http://rebinds.test/"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 10.0.0.0/8", "169.254.100.1, 10.0.0.0/8", "10.0.0.1, 127.0.0.0/8", "127.0.0.1, fd00::/8"})
    void a_name_is_not_refused_where_no_allowed_network_leads_to_the_endpoint(String host, String network) {
        var guard =
                new UrlGuard(PORTS, Networks.parse(network), Networks.NONE, List.of(new DeniedEndpoint(host, 8080)));
        assertThat(guard.judge(url("http://x.test:8080/"))).isEmpty();
    }
}
