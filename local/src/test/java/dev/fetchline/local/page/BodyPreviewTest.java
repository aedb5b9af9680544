package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.local.batch.FetchRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Bodies of strangers, made ready to be looked at.
class BodyPreviewTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001a\nrest".getBytes(StandardCharsets.ISO_8859_1);

    @Test
    void text_is_text_whether_it_was_compressed_or_not() throws IOException {
        String text = "<p>größer</p>";
        assertThat(text(preview(AttributeValue.fromS(text), null))).isEqualTo(text);
        assertThat(text(preview(gzip(text.getBytes(StandardCharsets.UTF_8)), "gzip")))
                .isEqualTo(text);
        assertThat(preview(AttributeValue.fromS(text), null).asText().contentType())
                .isEqualTo("text/plain; charset=utf-8");
    }

    @Test
    void every_form_goes_out_under_the_strangers_policy() {
        PageAnswer document = preview(AttributeValue.fromS("<p>x"), null).asDocument();
        assertThat(document.contentType()).isEqualTo("text/html; charset=utf-8");
        for (PageAnswer answer : new PageAnswer[] {
            document,
            preview(AttributeValue.fromS("x"), null).asText(),
            preview(bytes(PNG), null).asImage()
        }) {
            assertThat(answer.policy())
                    .startsWith("sandbox; default-src 'none';")
                    .contains("form-action 'none'", "base-uri 'none'")
                    .doesNotContain("allow-", "script-src", "http", "connect-src", "img-src 'self'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<link rel=preconnect href=//evil.test>",
                "<LiNk rel=dns-prefetch href=//evil.test>",
                "<meta http-equiv=refresh content='0;url=//evil.test'>",
                "<base href=//evil.test>",
                "<svg><link/></svg>",
                "<link\u0000>",
                "<iframe srcdoc='&lt;link rel=preconnect href=//evil.test&gt;'></iframe>",
            })
    void elements_that_reach_out_are_no_such_elements_any_more(String hostile) {
        String shown = new String(
                preview(AttributeValue.fromS(hostile), null).asDocument().body(), StandardCharsets.UTF_8);
        assertThat(shown.toLowerCase(Locale.ROOT))
                .doesNotContain("<link", "<meta", "<base", "<iframe")
                .contains("<x-");
    }

    @Test
    void pictures_are_told_by_their_first_bytes_and_not_by_their_name() {
        assertThat(preview(bytes(PNG), null).asImage().contentType()).isEqualTo("image/png");
        assertThat(preview(bytes("GIF89a..".getBytes(StandardCharsets.US_ASCII)), null)
                        .asImage()
                        .contentType())
                .isEqualTo("image/gif");
        BodyPreview svg = preview(AttributeValue.fromS("<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"), null);
        assertThat(svg.form()).isEqualTo(BodyPreview.Form.TEXT);
        assertThatThrownBy(svg::asImage).isInstanceOf(PageException.class);
        assertThatThrownBy(preview(bytes(PNG), null)::asDocument).isInstanceOf(PageException.class);
    }

    @Test
    void what_is_no_text_is_shown_in_hexadecimal() {
        BodyPreview binary = preview(bytes(new byte[] {0, 1, 'A', (byte) 0xff}), null);
        assertThat(binary.form()).isEqualTo(BodyPreview.Form.BINARY);
        assertThat(text(binary)).isEqualTo("00000000  00 01 41 ff" + " ".repeat(36) + "  ..A.\n");
    }

    @Test
    void a_bomb_is_cut_before_it_is_large() throws IOException {
        BodyPreview bomb = preview(gzip(new byte[64 * 1024 * 1024]), "gzip");
        assertThat(bomb.bytes()).hasSize(BodyPreview.BYTES_MAX);
        assertThat(bomb.isCut()).isTrue();
    }

    @Test
    void a_text_is_cut_between_characters_and_stays_a_text() throws IOException {
        String text = "x" + "я".repeat(BodyPreview.BYTES_MAX / 2);
        BodyPreview cut = preview(gzip(text.getBytes(StandardCharsets.UTF_8)), "gzip");
        assertThat(cut.isCut()).isTrue();
        assertThat(cut.form()).isEqualTo(BodyPreview.Form.TEXT);
        assertThat(text(cut)).isEqualTo(text.substring(0, text.length() - 1));
    }

    @Test
    void a_body_that_is_not_what_it_says_is_shown_as_it_is() {
        assertThat(text(preview(bytes("plain".getBytes(StandardCharsets.US_ASCII)), "gzip")))
                .isEqualTo("plain");
        assertThat(BodyPreview.of(new FetchRecord(Map.of())).form()).isEqualTo(BodyPreview.Form.NONE);
    }

    private static BodyPreview preview(AttributeValue body, @Nullable String encoding) {
        return BodyPreview.of(new FetchRecord(
                encoding == null
                        ? Map.of("body", body)
                        : Map.of("body", body, "bodyEncoding", AttributeValue.fromS(encoding))));
    }

    private static String text(BodyPreview preview) {
        return new String(preview.asText().body(), StandardCharsets.UTF_8);
    }

    private static AttributeValue bytes(byte[] bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }

    private static AttributeValue gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes(bytes.toByteArray());
    }
}
