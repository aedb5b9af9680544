package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.pace.SystemTime;
import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import dev.fetchline.testing.TestSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates and host names are verified, always, and what is wrong has its kind and a sentence.
@Timeout(60)
@ParameterizedClass(name = "{0}")
@EnumSource
final class FetcherTlsTest {
    private static final String HERE = "127.0.0.1";
    private static final String ELSEWHERE = "127.0.0.2";
    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final List<String> MODERN = List.of("TLSv1.3", "TLSv1.2");

    /// Who does the handshake; the certificates are always judged by the JDK's rules.
    enum Tls {
        NATIVE,
        JDKS
    }

    @TempDir
    static Path directory;

    private static TestCertificate root;
    private static TestCertificate issuer;

    @Parameter
    private Tls tls;

    private TestFetcher fetcher;

    @BeforeAll
    static void open() {
        root = TestCertificate.draft("Test Root").authority().signed();
        issuer = TestCertificate.draft("Test Issuer").issuedBy(root).authority().signed();
    }

    @BeforeEach
    void start() {
        fetcher = trusting(root);
    }

    @AfterEach
    void stop() {
        fetcher.close();
    }

    private static TestCertificate.Draft server(String... hosts) {
        return TestCertificate.draft("server").issuedBy(issuer).hosts(hosts);
    }

    private static HopResult fetch(TestFetcher by, List<TestCertificate> chain, List<String> protocols) {
        try (TestSockets server =
                TestSockets.start(ServerKeys.showing(chain), protocols, (socket, _) -> answer(socket))) {
            return by.fetch(server.url("https", "/"));
        }
    }

    private static void answer(Socket socket) throws IOException {
        TestSockets.readHead(socket.getInputStream());
        socket.getOutputStream()
                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        // Until the client hangs up.
        socket.getInputStream().read();
    }

    /// Trusting `trusted` besides what the JDK trusts.
    private HopResult fetch(@Nullable TestCertificate trusted, List<TestCertificate> chain) {
        try (TestFetcher by = trusting(trusted)) {
            return fetch(by, chain, MODERN);
        }
    }

    private TestFetcher trusting(@Nullable TestCertificate trusted) {
        Optional<Provider> provider = NativeCrypto.engage();
        assertThat(provider).as("native TLS on this machine").isPresent();
        return new TestFetcher(
                trusted == null ? null : trusted.pemIn(directory),
                InetAddress::getAllByName,
                new SystemTime(),
                tls == Tls.NATIVE ? provider : Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_trusted_certificate_for_the_host_is_accepted(String protocol) {
        assertThat(fetch(fetcher, server(ELSEWHERE, HERE).signed().chain(), List.of(protocol)))
                .isInstanceOf(HopResult.Response.class);
    }

    /// What is wrong, the certificates shown, the kind, and the sentence, of which what changes is left
    /// out.
    static Stream<Arguments> refused() {
        TestCertificate past = server(HERE).validDays(-5, -2).signed();
        TestCertificate unknownRoot =
                TestCertificate.draft("Unknown Root").authority().signed();
        TestCertificate unknown = server(HERE).issuedBy(unknownRoot).signed();
        TestCertificate pastIssuer = TestCertificate.draft("Past Issuer")
                .issuedBy(root)
                .authority()
                .validDays(-9, -1)
                .signed();
        TestCertificate underPast = server(HERE).issuedBy(pastIssuer).signed();
        TestCertificate comingIssuer = TestCertificate.draft("Coming Issuer")
                .issuedBy(root)
                .authority()
                .validDays(1, 9)
                .signed();
        TestCertificate pretender = TestCertificate.draft("server")
                .issuedBy(server("pretender.example").signed())
                .hosts(HERE)
                .signed();
        return Stream.of(
                Arguments.of(
                        "expired", past.chain(), FailureKind.TLS_EXPIRED, "the certificate for 127.0.0.1 expired at "),
                Arguments.of(
                        "not yet valid",
                        server(HERE).validDays(2, 5).signed().chain(),
                        FailureKind.TLS_EXPIRED,
                        "the certificate for 127.0.0.1 is not valid before "),
                Arguments.of(
                        "an expired issuer",
                        underPast.chain(),
                        FailureKind.TLS_EXPIRED,
                        "the issuing certificate of CN=Past Issuer expired at "),
                Arguments.of(
                        "an issuer not yet valid",
                        server(HERE).issuedBy(comingIssuer).signed().chain(),
                        FailureKind.TLS_EXPIRED,
                        "the issuing certificate of CN=Coming Issuer is not valid before "),
                // The JDK then looks for a path by itself, and says only that it found none.
                Arguments.of(
                        "expired, in disorder",
                        List.of(past, root, issuer),
                        FailureKind.TLS_EXPIRED,
                        "the certificate for 127.0.0.1 expired at "),
                Arguments.of(
                        "an expired issuer, in disorder",
                        List.of(underPast, root, pastIssuer),
                        FailureKind.TLS_EXPIRED,
                        "the issuing certificate of CN=Past Issuer expired at "),
                Arguments.of(
                        "expired, and for another host",
                        server(ELSEWHERE).validDays(-5, -2).signed().chain(),
                        FailureKind.TLS_EXPIRED,
                        "the certificate for 127.0.0.2 expired at "),
                Arguments.of(
                        "another address",
                        server(ELSEWHERE).signed().chain(),
                        FailureKind.TLS_WRONG_HOST,
                        "the certificate is for 127.0.0.2, not for 127.0.0.1"),
                Arguments.of(
                        "other hosts",
                        server("a.example", "*.b.example", "c.example", "d.example", "e.example")
                                .signed()
                                .chain(),
                        FailureKind.TLS_WRONG_HOST,
                        "the certificate is for a.example, *.b.example, c.example and 2 more, not for 127.0.0.1"),
                Arguments.of(
                        "no host at all",
                        server().signed().chain(),
                        FailureKind.TLS_WRONG_HOST,
                        "the certificate is for CN=server, not for 127.0.0.1"),
                Arguments.of(
                        "hostile names",
                        server("\u001b[2Jx\r\n", "y".repeat(500), "\u0000")
                                .signed()
                                .chain(),
                        FailureKind.TLS_WRONG_HOST,
                        "the certificate is for ?[2Jx??, " + "y".repeat(80) + "…, ?, not for 127.0.0.1"),
                Arguments.of(
                        "signed by itself",
                        List.of(TestCertificate.draft("me").hosts(HERE).signed()),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1 is signed by itself alone"),
                Arguments.of(
                        "an unknown root",
                        unknown.chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1, issued by CN=Unknown Root, leads to no trusted root"),
                Arguments.of(
                        "a hostile issuer",
                        server(HERE)
                                .issuedBy(TestCertificate.draft("a\u202eb\u0007" + "z".repeat(500))
                                        .authority()
                                        .signed())
                                .signed()
                                .chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1, issued by CN=a?b?" + "z".repeat(73)
                                + "…, leads to no trusted root"),
                Arguments.of(
                        "an unknown root, and expired",
                        server(HERE)
                                .issuedBy(unknownRoot)
                                .validDays(-5, -2)
                                .signed()
                                .chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1, issued by CN=Unknown Root, leads to no trusted root"),
                Arguments.of(
                        "an unknown root, and another host",
                        server(ELSEWHERE).issuedBy(unknownRoot).signed().chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.2, issued by CN=Unknown Root, leads to no trusted root"),
                Arguments.of(
                        "its issuer left out",
                        List.of(server(HERE).signed()),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1, issued by CN=Test Issuer, leads to no trusted root"),
                Arguments.of(
                        "issued by one that is no authority",
                        pretender.chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1 is not trusted: "),
                Arguments.of(
                        "for clients",
                        server(HERE).purpose(FOR_CLIENTS).signed().chain(),
                        FailureKind.TLS_UNTRUSTED,
                        "the certificate for 127.0.0.1 is not trusted: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void what_is_wrong_with_a_certificate_has_its_kind_and_a_sentence(
            String what, List<TestCertificate> chain, FailureKind kind, String sentence) {
        for (String protocol : MODERN) {
            HopResult.Failure failure = (HopResult.Failure) fetch(fetcher, chain, List.of(protocol));
            assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind);
            assertThat(failure.detail()).startsWith(sentence);
        }
    }

    @Test
    void a_weak_signature_is_not_trusted() {
        TestCertificate weakRoot =
                TestCertificate.draft("Weak Root").authority().signedByMd5();
        TestCertificate weak = server(HERE).issuedBy(weakRoot).signedByMd5();
        HopResult.Failure failure = (HopResult.Failure) fetch(weakRoot, weak.chain());
        assertThat(failure.kind()).isEqualTo(FailureKind.TLS_UNTRUSTED);
        assertThat(failure.detail()).startsWith("the certificate for 127.0.0.1 is not trusted: ");
    }

    @Test
    void a_certificate_that_is_itself_trusted_is_so_for_its_host_and_its_time_only() {
        TestCertificate good = TestCertificate.draft("me").hosts(HERE).signed();
        assertThat(fetch(good, List.of(good))).isInstanceOf(HopResult.Response.class);
        assertThat(TestFetcher.kind(fetch((TestCertificate) null, List.of(good))))
                .isEqualTo(FailureKind.TLS_UNTRUSTED);
        TestCertificate past =
                TestCertificate.draft("me").hosts(HERE).validDays(-5, -2).signed();
        assertThat(TestFetcher.kind(fetch(past, List.of(past)))).isEqualTo(FailureKind.TLS_EXPIRED);
        TestCertificate other = TestCertificate.draft("me").hosts(ELSEWHERE).signed();
        assertThat(TestFetcher.kind(fetch(other, List.of(other)))).isEqualTo(FailureKind.TLS_WRONG_HOST);
        TestCertificate both =
                TestCertificate.draft("me").hosts(ELSEWHERE).validDays(-5, -2).signed();
        assertThat(TestFetcher.kind(fetch(both, List.of(both)))).isEqualTo(FailureKind.TLS_EXPIRED);
    }

    @Test
    void a_certificate_asked_of_the_client_is_not_there_and_the_alert_is_of_tls() {
        SSLContext context = ServerKeys.showing(server(HERE).signed().chain());
        for (String protocol : MODERN) {
            // In TLS 1.3 the client's handshake has ended by the time at which the server misses the certificate.
            try (TestSockets server = TestSockets.start((socket, _) -> {
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
                tls.setEnabledProtocols(new String[] {protocol});
                tls.setNeedClientAuth(true);
                assertThatThrownBy(tls::startHandshake).isInstanceOf(SSLException.class);
                // Closed with something unread it would be a reset, and the alert might be lost.
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            })) {
                HopResult.Failure failure = (HopResult.Failure) fetcher.fetch(server.url("https", "/"));
                assertThat(failure.kind()).as(failure.detail()).isEqualTo(FailureKind.TLS_PROTOCOL);
            }
        }
    }

    /// What the server says to the first hello, and whether it then closes.
    static Stream<Arguments> answers() {
        String serverHello = "0302" + "00".repeat(32) + "00c01400";
        return Stream.of(
                Arguments.of("a fatal alert", bytes("15030300020228"), true, FailureKind.TLS_PROTOCOL),
                Arguments.of("a fatal alert, left open", bytes("15030300020246"), false, FailureKind.TLS_PROTOCOL),
                Arguments.of("close_notify", bytes("15030300020100"), true, FailureKind.TLS_PROTOCOL),
                Arguments.of(
                        "a hello of TLS 1.1",
                        bytes("160302002a02000026" + serverHello),
                        false,
                        FailureKind.TLS_PROTOCOL),
                Arguments.of(
                        "plain HTTP",
                        "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                        true,
                        FailureKind.TLS_PROTOCOL),
                Arguments.of(
                        "SSH",
                        "SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII),
                        false,
                        FailureKind.TLS_PROTOCOL),
                Arguments.of(
                        "garbage",
                        "\0\0\0\0garbage".getBytes(StandardCharsets.US_ASCII),
                        false,
                        FailureKind.TLS_PROTOCOL),
                Arguments.of(
                        "an endless record",
                        bytes("160303ffff" + "00".repeat(70_000)),
                        false,
                        FailureKind.TLS_PROTOCOL),
                Arguments.of("nothing, and hangs up", new byte[0], true, FailureKind.DISCONNECTED),
                Arguments.of("half a record, and hangs up", bytes("16030300500200"), true, FailureKind.DISCONNECTED));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void what_is_no_tls_is_told_from_a_connection_torn_down(
            String what, byte[] answer, boolean hangsUp, FailureKind kind) {
        try (TestSockets server = TestSockets.start((socket, _) -> {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write(answer);
            if (!hangsUp) {
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
        })) {
            HopResult.Failure failure = (HopResult.Failure) fetcher.fetch(server.url("https", "/"));
            assertThat(failure.kind()).as(failure.detail()).isEqualTo(kind);
        }
    }

    @Test
    void a_warning_ends_the_jdks_handshake_while_boringssl_waits_for_more() {
        FailureKind kind = tls == Tls.NATIVE ? FailureKind.TLS_TIMEOUT : FailureKind.TLS_PROTOCOL;
        what_is_no_tls_is_told_from_a_connection_torn_down("a warning", bytes("15030300020170"), false, kind);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_that_is_reset_in_the_handshake_is_torn_down(boolean withinARecord) {
        try (TestSockets server = TestSockets.start((socket, _) -> {
            socket.getInputStream().read(new byte[4096]);
            if (withinARecord) {
                socket.getOutputStream().write(bytes("16030300500200"));
            }
            socket.setSoLinger(true, 0);
        })) {
            assertThat(TestFetcher.kind(fetcher.fetch(server.url("https", "/"))))
                    .isEqualTo(FailureKind.DISCONNECTED);
        }
    }

    @Test
    void the_second_connection_that_the_client_opens_by_itself_is_judged_as_the_first() {
        for (FailureKind kind : List.of(FailureKind.TLS_PROTOCOL, FailureKind.DISCONNECTED)) {
            try (TestSockets server = TestSockets.start((socket, number) -> {
                socket.getInputStream().read(new byte[4096]);
                if (number == 1 && kind == FailureKind.TLS_PROTOCOL) {
                    socket.getOutputStream().write(bytes("15030300020228"));
                }
            })) {
                assertThat(TestFetcher.kind(fetcher.fetch(server.url("https", "/"))))
                        .isEqualTo(kind);
                assertThat(server.accepted()).isEqualTo(2);
            }
        }
    }
}
