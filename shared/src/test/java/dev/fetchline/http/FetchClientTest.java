package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Networks;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.testing.TestCertificates;
import dev.fetchline.testing.TestCertificates.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates are verified, always, and nothing older than TLS 1.2 is spoken.
final class FetchClientTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private HopResult fetch(Identity identity, @Nullable Path extraCa, String protocol) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 10);
        server.setHttpsConfigurator(new HttpsConfigurator(identity.context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = identity.context().getDefaultSSLParameters();
                ssl.setProtocols(new String[] {protocol});
                parameters.setSSLParameters(ssl);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpClient client = FetchClient.create(executor, extraCa);
            try {
                UrlGuard guard = new UrlGuard(
                        PortRanges.parse("1-65535"), Networks.parse("127.0.0.1"), Networks.parse(""), List.of());
                SystemTime time = new SystemTime();
                Fetcher fetcher = new Fetcher(
                        client,
                        new AddressLookup(executor, InetAddress::getAllByName),
                        guard,
                        "Test/1",
                        time,
                        executor);
                FetchItem item =
                        FetchItem.get("https://127.0.0.1:" + server.getAddress().getPort() + "/");
                FetchUrl url = (FetchUrl) FetchUrl.read(item.url());
                return fetcher.fetch(RedirectWalk.from(item, url, LONG, 1_000, 0), Deadline.in(LONG, time))
                        .join();
            } finally {
                client.shutdownNow();
            }
        } finally {
            server.stop(0);
        }
    }

    private static void assertTls(HopResult result) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        HopResult.Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TLS));
    }

    @Test
    void an_extra_certificate_is_trusted_and_any_other_is_not() throws IOException {
        Identity good = TestCertificates.make(directory, "ip:127.0.0.1", 10, "");
        assertThat(fetch(good, good.pem(), "TLSv1.3")).isInstanceOf(HopResult.Response.class);
        assertThat(fetch(good, good.pem(), "TLSv1.2")).isInstanceOf(HopResult.Response.class);
        assertTls(fetch(good, null, "TLSv1.3"));
    }

    @Test
    void a_certificate_of_another_host_is_not_accepted() throws IOException {
        Identity other = TestCertificates.make(directory, "ip:127.0.0.2", 10, "");
        assertTls(fetch(other, other.pem(), "TLSv1.3"));
    }

    @Test
    void an_expired_certificate_is_not_accepted() throws IOException {
        Identity expired = TestCertificates.make(directory, "ip:127.0.0.1", 2, "-10d");
        assertTls(fetch(expired, expired.pem(), "TLSv1.3"));
    }

    @Test
    void nothing_older_than_tls_1_2_is_spoken_also_where_the_jvm_would() throws IOException {
        // The Lambda runtime client does this to the whole JVM.
        String disabled = Security.getProperty("jdk.tls.disabledAlgorithms");
        Security.setProperty("jdk.tls.disabledAlgorithms", "SSLv3");
        try {
            Identity good = TestCertificates.make(directory, "ip:127.0.0.1", 10, "");
            assertTls(fetch(good, good.pem(), "TLSv1.1"));
        } finally {
            Security.setProperty("jdk.tls.disabledAlgorithms", disabled);
        }
    }

    @Test
    void a_file_without_certificates_is_named() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> FetchClient.create(executor, empty))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("empty.pem")
                    .hasMessageContaining("expected a readable PEM file with at least one certificate");
        }
    }
}
