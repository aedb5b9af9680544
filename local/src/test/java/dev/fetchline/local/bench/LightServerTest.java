package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The parts of HTTP that the bench's servers understand.
@Timeout(30)
class LightServerTest {
    @TempDir
    Path directory;

    @Test
    void requests_are_told_apart_however_their_bytes_arrive() throws IOException {
        String two = "GET /pages/17 HTTP/1.1\r\nHost: a\r\n\r\n"
                + "POST /x HTTP/1.1\r\nX-Amz-Target: a.B\r\ncontent-length: 5\r\n\r\nhello";
        InputStream oneByOne = new ByteArrayInputStream(two.getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        };
        for (InputStream in :
                new InputStream[] {oneByOne, new ByteArrayInputStream(two.getBytes(StandardCharsets.US_ASCII))}) {
            LightRequest request = new LightRequest();
            assertThat(request.read(in)).isTrue();
            assertThat(request.number()).isEqualTo(17);
            assertThat(request.header("x-amz-target")).isEmpty();
            assertThat(request.bodyLength()).isZero();
            assertThat(request.read(in)).isTrue();
            assertThat(request.number()).isEqualTo(-1);
            assertThat(request.header("x-amz-target")).isEqualTo("a.B");
            assertThat(new String(
                            request.bytes(), request.bodyOffset(), request.bodyLength(), StandardCharsets.US_ASCII))
                    .isEqualTo("hello");
            assertThat(request.read(in)).isFalse();
        }
    }

    @Test
    void no_client_is_given_a_session_to_resume() throws Exception {
        BenchCertificate certificate = BenchCertificate.make(directory);
        Work work = Works.named("cold", true);
        Pages pages = new Pages(work.bodyBytes(), true);
        Ledger ledger = new Ledger(pages, work.urls());
        SSLContext client = trusting(certificate.authority());
        try (BenchWeb web = BenchWeb.start(work, pages, ledger, certificate)) {
            for (int number = 0; number < 2; number++) {
                try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", web.port())) {
                    socket.getOutputStream()
                            .write("GET /pages/%d HTTP/1.1\r\n\r\n"
                                    .formatted(number)
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(socket.getInputStream().readAllBytes()).isEqualTo(pages.response(number));
                    assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
                    // A resumed session has what was put into the one before it.
                    assertThat(socket.getSession().getValue("before")).isNull();
                    socket.getSession().putValue("before", number);
                }
            }
            assertThat(web.connections()).isEqualTo(2);
        }
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = java.nio.file.Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
