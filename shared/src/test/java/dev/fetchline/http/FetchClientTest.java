package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the client is, before it sends anything.
final class FetchClientTest {
    private static final Executor EXECUTOR = Runnable::run;

    @TempDir
    Path directory;

    @Test
    void nothing_older_than_tls_1_2_is_spoken_and_host_names_are_verified_whatever_the_jvm_is_told() {
        // What becomes of it where the runtime client lets the older ones back in: TlsIT.
        try (HttpClient client = FetchClient.create(EXECUTOR, null, NativeCrypto.engage())) {
            SSLParameters parameters = client.sslParameters();
            assertThat(parameters.getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
            assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        }
    }

    @Test
    void a_file_without_certificates_is_named() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> FetchClient.create(EXECUTOR, empty, NativeCrypto.engage()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem")
                .hasMessageContaining("expected a readable PEM file with at least one certificate");
    }
}
