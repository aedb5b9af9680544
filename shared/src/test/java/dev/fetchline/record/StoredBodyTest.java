package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.http.Bodies;
import dev.fetchline.http.FetchedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

final class StoredBodyTest {
    private static final int BYTES_MAX = 16 * 1024;

    private static StoredBody store(FetchedBody body, BodyStorage storage, int bytesMax) {
        return StoredBody.of(body, BodyText.of(body, Optional.of("text/plain")), storage, bytesMax);
    }

    private static FetchedBody text(String text) {
        return Bodies.of(text, StandardCharsets.UTF_8);
    }

    private static FetchedBody noise(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        bytes[0] = 0;
        return Bodies.of(bytes);
    }

    private static String unzip(StoredBody stored) throws IOException {
        try (var gzip =
                new GZIPInputStream(new ByteArrayInputStream(stored.value().b().asByteArray()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void short_text_stays_readable() {
        String text = "x".repeat(StoredBody.PLAIN_TEXT_BYTES_MAX);
        StoredBody stored = store(text(text), BodyStorage.TEXT, BYTES_MAX);
        assertThat(stored.value().s()).isEqualTo(text);
        assertThat(stored.encoding()).isNull();
        assertThat(stored.whyNot()).isNull();
    }

    @Test
    void longer_text_is_compressed_as_utf8_where_that_is_smaller() throws IOException {
        FetchedBody body = Bodies.of("é".repeat(1_025), StandardCharsets.ISO_8859_1);
        StoredBody stored = store(body, BodyStorage.TEXT, BYTES_MAX);
        assertThat(stored.encoding()).isEqualTo("gzip");
        assertThat(unzip(stored)).isEqualTo("é".repeat(1_025));
    }

    @Test
    void text_that_does_not_compress_stays_as_it_is() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(2_000, 0x4e00, 0x9f00).forEach(text::appendCodePoint);
        StoredBody stored = store(text(text.toString()), BodyStorage.TEXT, 350_000);
        assertThat(stored.encoding()).isEqualTo("gzip");
        StoredBody bytes = store(noise(2_000), BodyStorage.ALL, BYTES_MAX);
        assertThat(bytes.encoding()).isNull();
        assertThat(bytes.value().b().asByteArray()).hasSize(2_000);
    }

    @Test
    void what_is_too_large_as_stored_is_not_stored_at_all() {
        assertThat(store(noise(BYTES_MAX + 1), BodyStorage.ALL, BYTES_MAX).whyNot())
                .isEqualTo("TOO_LARGE");
        assertThat(store(noise(BYTES_MAX), BodyStorage.ALL, BYTES_MAX).whyNot()).isNull();
        assertThat(store(text("x"), BodyStorage.TEXT, 0).whyNot()).isEqualTo("TOO_LARGE");
        assertThat(store(text("x".repeat(900)), BodyStorage.TEXT, 100).encoding())
                .isEqualTo("gzip");
    }

    @Test
    void what_is_not_wanted_says_why() {
        assertThat(store(text("x"), BodyStorage.NONE, BYTES_MAX).whyNot()).isEqualTo("OFF");
        assertThat(store(noise(10), BodyStorage.TEXT, BYTES_MAX).whyNot()).isEqualTo("NOT_TEXT");
        StoredBody none = store(FetchedBody.NONE, BodyStorage.NONE, BYTES_MAX);
        assertThat(none).isEqualTo(new StoredBody(null, null, null));
    }

    @Test
    void a_body_of_a_byte_order_mark_is_an_empty_text() {
        assertThat(store(text("\uFEFF"), BodyStorage.TEXT, BYTES_MAX).value().s())
                .isEmpty();
    }
}
