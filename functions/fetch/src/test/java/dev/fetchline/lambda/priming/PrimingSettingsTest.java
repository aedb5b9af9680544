package dev.fetchline.lambda.priming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.testing.TestCertificate;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Priming reaches one address on its own ports, and nothing else.
final class PrimingSettingsTest {
    @TempDir
    static Path directory;

    private static UrlGuard guard() {
        Path trusted = TestCertificate.draft("root").authority().signed().pemIn(directory);
        FetchSettings settings =
                PrimingSettings.of(List.of(40_001, 40_002), trusted, URI.create("http://127.0.0.1:40003"));
        return settings.guard();
    }

    @Test
    void its_own_servers_are_open() {
        assertThat(guard().judge(url("http://127.0.0.1:40001/"))).isEmpty();
        assertThat(guard().judge(url("https://127.0.0.1:40002/"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
                "http://127.0.0.1:40003/",
                "http://127.0.0.0:40001/",
                "http://127.0.0.2:40001/",
                "http://0.0.0.0:40001/",
                "http://169.254.169.254:40001/",
                "http://10.0.0.1:40001/",
                "http://93.184.216.34:40001/",
                "http://255.255.255.255:40001/",
                "http://[::1]:40001/",
                "http://[::ffff:127.0.0.2]:40001/",
                "http://[2606:2800:220:1::1]:40001/"
            })
    void everything_else_is_closed(String url) {
        assertThat(guard().judge(url(url))).isPresent();
    }

    @Test
    void every_other_ipv4_address_is_closed() throws Exception {
        UrlGuard guard = guard();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] address = new byte[4];
            random.nextBytes(address);
            assertThat(guard.judge(InetAddress.getByAddress(address))).isPresent();
        }
        // The neighbours in each bit.
        for (int bit = 0; bit < 32; bit++) {
            int address = 0x7f000001 ^ (1 << bit);
            byte[] bytes = {(byte) (address >>> 24), (byte) (address >>> 16), (byte) (address >>> 8), (byte) address};
            assertThat(guard.judge(InetAddress.getByAddress(bytes))).isPresent();
        }
        assertThat(guard.judge(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .isEmpty();
    }

    private static FetchUrl url(String text) {
        return (FetchUrl) FetchUrl.read(text);
    }
}
