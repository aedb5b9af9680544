package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.http.Bodies;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.FetchedBody.Truncation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which bodies are text, and in which charset (HTML standard section 13.2.3.2; Encoding Standard section 4.2).
final class BodyTextTest {
    /// One char a byte, so that the table can show bytes.
    private static FetchedBody latin1(String bytes) {
        return Bodies.of(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Optional<BodyText> read(String contentType, String bytes) {
        return BodyText.of(latin1(bytes), Optional.ofNullable(contentType));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // byte order marks stand above all
                "text/plain; charset=koi8-r   | \u00ef\u00bb\u00bf\u00c3\u00a9 | utf-8 | é",
                "text/plain; charset=utf-8    | \u00fe\u00ffN- | utf-16be | 中",
                "text/plain                   | \u00ff\u00fe-N | utf-16le | 中",
                // the header
                "text/plain; charset=utf-8    | \u00c3\u00a9 | utf-8 | é",
                "text/plain; charset=\"UTF-8\"| \u00c3\u00a9 | utf-8 | é",
                "text/plain;CHARSET='utf8'    | \u00c3\u00a9 | utf-8 | é",
                "text/plain; a=b; charset=koi8-r; c=d | \u00c1 | koi8-r | а",
                "text/plain; a=\"x; charset=utf-8\"; charset=koi8-r | \u00c1 | koi8-r | а",
                "text/plain; a=\"\\\"; charset=utf-8\"; charset=koi8-r | \u00c1 | koi8-r | а",
                "text/plain; a=\"; charset=koi8-r | \u00c1 | koi8-r | а",
                "text/plain; charset=; charset=koi8-r, gzip | \u00c1 | koi8-r | а",
                "text/plain; charset=iso-8859-1       | \u0080 | windows-1252 | €",
                "text/plain; charset=ansi_x3.4-1968   | \u0080 | windows-1252 | €",
                "text/plain; charset=cp819            | \u0080 | windows-1252 | €",
                "text/plain; charset=latin5           | \u00fd | windows-1254 | ı",
                "text/plain; charset=tis-620          | \u00a1 | windows-874 | ก",
                "text/plain; charset=gb2312           | \u0081\u0040 | gbk | 丂",
                "text/plain; charset=Shift_JIS        | \u0087\u0040 | shift_jis | ①",
                "text/plain; charset=ks_c_5601-1987   | \u0081\u0041 | euc-kr | 갂",
                "text/plain; charset=big5             | \u0088\u0066 | big5 | Ê",
                "text/plain; charset=macintosh        | \u008e | macintosh | é",
                "text/plain; charset=koi8-ru          | \u00c1 | koi8-u | а",
                "text/plain; charset=utf-16           | -N | utf-16le | 中",
                "text/plain; charset=unicode          | -N | utf-16le | 中",
                "text/plain; charset=utf-16be         | N- | utf-16be | 中",
                "text/plain; charset=utf-8            | a\u00ff | utf-8 | a\uFFFD",
                // a name that nobody knows is none
                "text/html; charset=nonsense | <meta charset=koi8-r>\u00c1 | koi8-r | <meta charset=koi8-r>а",
                "text/html; charset=         | \u00c3\u00a9 | utf-8 | é",
                // what an HTML document says
                "text/html | <META  CHARSET = 'koi8-r' />\u00c1 | koi8-r | <META  CHARSET = 'koi8-r' />а",
                "text/html | <meta a=b charset=\"koi8-r\">\u00c1 | koi8-r | <meta a=b charset=\"koi8-r\">а",
                "text/html | <meta charset=nope><meta charset=koi8-r>\u00c1 | koi8-r | <meta charset=nope><meta charset=koi8-r>а",
                "text/html | <meta charset=utf-16>\u00c3\u00a9 | utf-8 | <meta charset=utf-16>é",
                "text/html | <meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">\u00c1 | koi8-r |"
                        + " <meta http-equiv=Content-Type content=\"text/html; charset=koi8-r\">а",
                // what only looks like it
                "text/html | <meta name=d content=\"the charset=koi8-r page\">\u00e9 | windows-1252 |"
                        + " <meta name=d content=\"the charset=koi8-r page\">é",
                "text/html | <meta data-charset=koi8-r>\u00e9 | windows-1252 | <meta data-charset=koi8-r>é",
                "text/html | <metal charset=koi8-r>\u00e9 | windows-1252 | <metal charset=koi8-r>é",
                "text/html | <!-- <meta charset=koi8-r> -->\u00e9 | windows-1252 | <!-- <meta charset=koi8-r> -->é",
                "text/html | <!-- <meta charset=koi8-r>\u00e9 | windows-1252 | <!-- <meta charset=koi8-r>é",
                "text/html | <!--><meta charset=koi8-r>\u00c1 | koi8-r | <!--><meta charset=koi8-r>а",
                "text/plain | <meta charset=koi8-r>\u00e9 | windows-1252 | <meta charset=koi8-r>é",
                // XML
                "application/xml | <?xml version='1.0' encoding='koi8-r'?>\u00c1 | koi8-r | <?xml version='1.0' encoding='koi8-r'?>а",
                "application/atom+xml | <?xml encoding=\"utf-16\"?>\u00c3\u00a9 | utf-8 | <?xml encoding=\"utf-16\"?>é",
                // nobody says
                "application/json | \u00c3\u00a9 | utf-8 | é",
                "text/plain | \u0093hi\u0094 | windows-1252 | “hi”",
                " | <meta charset=koi8-r>\u00c1 | koi8-r | <meta charset=koi8-r>а",
            })
    void the_charset_is_found_as_browsers_find_it(String contentType, String bytes, String charset, String text) {
        assertThat(read(contentType, bytes)).hasValueSatisfying(found -> {
            assertThat(found.text()).isEqualTo(text);
            assertThat(found.charset()).isEqualTo(charset);
        });
    }

    @Test
    void a_long_content_type_is_read_too() {
        String type = "text/plain; a=\"" + "\\\"b".repeat(20_000) + "\"; b=" + "x".repeat(20_000) + "; charset=koi8-r";
        assertThat(read(type, "\u00c1"))
                .hasValueSatisfying(found -> assertThat(found.text()).isEqualTo("а"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "application/octet-stream", "application/pdf", "nonsense", "application/x-text"})
    void other_types_are_no_text(String contentType) {
        assertThat(read(contentType, "text")).isEmpty();
    }

    @Test
    void without_a_type_control_characters_tell_binary_from_text() {
        assertThat(read(null, "a\u0001b")).isEmpty();
        assertThat(read(null, "a\tb\r\n")).isPresent();
        assertThat(read("", "plain")).isPresent();
        assertThat(read("text/plain", "a\u0001b")).isPresent();
        assertThat(read("text/plain", "a\u0000b")).isEmpty();
    }

    @Test
    void what_is_still_encoded_or_empty_is_no_text() {
        assertThat(BodyText.of(Bodies.stillEncoded(new byte[] {'a'}), Optional.of("text/plain")))
                .isEmpty();
        assertThat(read("text/plain", "")).isEmpty();
    }

    /// The limit on a body may fall into a character: its half is no sign of another charset.
    @ParameterizedTest
    @ValueSource(strings = {"aé", "a€", "a😀"})
    void a_character_cut_in_two_leaves_the_text_utf8(String text) {
        byte[] whole = text.getBytes(StandardCharsets.UTF_8);
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThat(BodyText.of(Bodies.truncated(cut, Truncation.LENGTH), Optional.of("text/plain")))
                    .hasValueSatisfying(found -> {
                        assertThat(found.charset()).isEqualTo("utf-8");
                        assertThat(found.text()).isEqualTo("a\uFFFD");
                    });
        }
        byte[] notUtf8 = {'a', (byte) 0xe9, 'b', (byte) 0xc3};
        assertThat(BodyText.of(Bodies.truncated(notUtf8, Truncation.LENGTH), Optional.empty()))
                .hasValueSatisfying(found -> assertThat(found.text()).isEqualTo("aébÃ"));
    }

    @Test
    void a_texttext_is_judged_to_its_end() {
        String text = "é".repeat(5_000);
        assertThat(BodyText.of(Bodies.of(text, StandardCharsets.UTF_8), Optional.empty()))
                .hasValueSatisfying(found -> assertThat(found.text()).isEqualTo(text));
        assertThat(BodyText.of(latin1("a".repeat(5_000) + "é"), Optional.empty()))
                .hasValueSatisfying(found -> assertThat(found.charset()).isEqualTo("windows-1252"));
    }

    /// It was read in steps as many as the square of its length, so that one header of 64 KB took 40 seconds.
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_long_content_type_takes_steps_as_many_as_it_is_long() {
        String spaces = " ".repeat(1_000_000);
        assertThat(read("text/plain;" + spaces + "x", "\u00c1")).isPresent();
        assertThat(read("text/plain;" + spaces + "charset" + spaces + "=" + spaces + "koi8-r", "\u00c1"))
                .hasValueSatisfying(found -> assertThat(found.charset()).isEqualTo("koi8-r"));
    }
}
