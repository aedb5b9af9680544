package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fetchline.testing.ServerKeys;
import dev.fetchline.testing.TestCertificate;
import dev.fetchline.testing.TestSockets;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A chain is judged once for a host, and again when that is long ago. That another host does not profit
/// is shown with real handshakes, under [ServerTrust].
@Timeout(60)
final class AcceptedChainsTest {
    private static final List<String> MODERN = List.of("TLSv1.3");

    private Instant now = Instant.now();
    private final AcceptedChains accepted = new AcceptedChains(() -> now);

    private static X509Certificate[] validFor(int... days) {
        return IntStream.of(days)
                .mapToObj(to ->
                        TestCertificate.draft("me").validDays(-1, to).signed().x509())
                .toArray(X509Certificate[]::new);
    }

    @Test
    void what_was_accepted_is_remembered_for_ten_minutes() {
        accepted.add("key", validFor(9));
        assertThat(accepted.holds("key")).isTrue();
        assertThat(accepted.holds("other")).isFalse();
        now = now.plus(AcceptedChains.REMEMBERED).minusMillis(1);
        assertThat(accepted.holds("key")).isTrue();
        now = now.plusMillis(1);
        assertThat(accepted.holds("key")).isFalse();
    }

    @Test
    void nothing_is_remembered_beyond_the_end_of_any_certificate() {
        X509Certificate[] chain = validFor(9, 2, 9);
        now = chain[1].getNotAfter().toInstant().minusMillis(1);
        accepted.add("key", chain);
        assertThat(accepted.holds("key")).isTrue();
        now = now.plusMillis(1);
        assertThat(accepted.holds("key")).isFalse();
        accepted.add("key", chain);
        assertThat(accepted.holds("key")).isFalse();
    }

    @Test
    void the_oldest_makes_room() {
        X509Certificate[] chain = validFor(9);
        for (int i = 0; i < AcceptedChains.CHAINS_MAX; i++) {
            accepted.add("key " + i, chain);
        }
        accepted.add("key 0", chain);
        accepted.add("one more", chain);
        assertThat(accepted.holds("key 0")).isTrue();
        assertThat(accepted.holds("key 1")).isFalse();
        assertThat(accepted.holds("key 2")).isTrue();
        assertThat(accepted.holds("one more")).isTrue();
    }

    @Test
    void what_is_not_known_is_not_remembered() {
        accepted.add(null, validFor(9));
        assertThat(accepted.holds(null)).isFalse();
    }

    @Test
    void the_same_host_with_the_same_chain_is_judged_once() throws Exception {
        TestCertificate root = TestCertificate.draft("Root").authority().signed();
        TestCertificate server = TestCertificate.draft("server")
                .issuedBy(root)
                .hosts("127.0.0.1", "127.0.0.2")
                .signed();
        Judge judge = new Judge(root.x509());
        HttpClient client = clientOf(judge);
        assertThat(get(client, "127.0.0.1", server)).isEqualTo(200);
        assertThat(get(client, "127.0.0.1", server)).isEqualTo(200);
        assertThat(judge.judged).containsExactly("127.0.0.1");
        assertThat(get(client, "127.0.0.2", server)).isEqualTo(200);
        assertThat(judge.judged).containsExactly("127.0.0.1", "127.0.0.2");
        TestCertificate renewed = TestCertificate.draft("server")
                .issuedBy(root)
                .hosts("127.0.0.1")
                .signed();
        assertThat(get(client, "127.0.0.1", renewed)).isEqualTo(200);
        assertThat(judge.judged).containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.1");
    }

    @Test
    void what_was_accepted_for_one_host_is_refused_for_another_and_judged_each_time() throws Exception {
        TestCertificate root = TestCertificate.draft("Root").authority().signed();
        TestCertificate server = TestCertificate.draft("server")
                .issuedBy(root)
                .hosts("127.0.0.1")
                .signed();
        Judge judge = new Judge(root.x509());
        HttpClient client = clientOf(judge);
        assertThat(get(client, "127.0.0.1", server)).isEqualTo(200);
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowable(() -> get(client, "127.0.0.2", server)))
                    .isInstanceOf(SSLHandshakeException.class);
        }
        // The client tries a connection that broke off a second time.
        assertThat(judge.judged).startsWith("127.0.0.1", "127.0.0.2", "127.0.0.2");
    }

    private static TestSockets answering(String address, TestCertificate server) {
        return TestSockets.startAt(address, ServerKeys.showing(server.chain()), MODERN, (Socket socket, int _) -> {
            TestSockets.readHead(socket.getInputStream());
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().read();
        });
    }

    private static HttpClient clientOf(Judge judge) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new ServerTrust(judge)}, null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(20))
                .sslContext(context)
                .build();
    }

    /// From a server of its own: with one that the client knows, it would resume its session.
    private static int get(HttpClient client, String host, TestCertificate server) throws Exception {
        try (TestSockets web = answering(host, server)) {
            URI uri = URI.create("https://" + host + ":" + web.port() + "/");
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    /// The JDK's own, and notes for whom it was asked.
    private static final class Judge extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager jdk;
        private final List<String> judged = new ArrayList<>();

        private Judge(X509Certificate root) throws Exception {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", root);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            jdk = (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        }

        @Override
        public synchronized void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            judged.add(engine.getPeerHost());
            jdk.checkServerTrusted(chain, authType, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            jdk.checkServerTrusted(chain, authType);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            jdk.checkServerTrusted(chain, authType, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
            throw new AssertionError("a client's");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
            throw new AssertionError("a client's");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new AssertionError("a client's");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return jdk.getAcceptedIssuers();
        }
    }
}
