package dev.fetchline.local.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "a\rb", "\r\r\n\n", "a\r", "\n\na\n\n", "é\nß"})
    void lines_are_those_of_the_jdk(String text) throws IOException {
        assertThat(texts(text.getBytes(StandardCharsets.UTF_8), 1))
                .isEqualTo(text.lines().toList());
        assertThat(texts(text.getBytes(StandardCharsets.UTF_8), 1_000))
                .isEqualTo(text.lines().toList());
    }

    @Test
    void a_line_longer_than_the_buffer_is_whole() throws IOException {
        String longLine = "x".repeat(150_000);
        assertThat(texts((longLine + "\nb").getBytes(StandardCharsets.UTF_8), 7_000))
                .containsExactly(longLine, "b");
    }

    @Test
    void a_byte_order_mark_is_left_out_at_the_beginning_only() throws IOException {
        assertThat(texts("\ufeffa\n\ufeffb".getBytes(StandardCharsets.UTF_8), 1_000))
                .containsExactly("a", "\ufeffb");
    }

    @Test
    void a_line_that_is_no_text_is_a_fault_of_its_own() throws IOException {
        byte[] bytes = {'a', '\n', 'b', (byte) 0xff, '\n', 'c', 0, '\n', 'd'};
        Lines lines = new Lines(new ByteArrayInputStream(bytes), 100);
        List<Lines.Line> all = all(lines);
        assertThat(all)
                .containsExactly(
                        new Lines.Line(1, "a", null),
                        new Lines.Line(2, "", "found the byte 0xff at offset 1 of the line, expected UTF-8 text"),
                        new Lines.Line(3, "", "found the byte 0x00 at offset 1 of the line, expected UTF-8 text"),
                        new Lines.Line(4, "d", null));
    }

    @Test
    void what_looks_like_another_encoding_is_told() throws IOException {
        Lines lines = new Lines(new ByteArrayInputStream("\ufeffhttp://a/\n".getBytes(StandardCharsets.UTF_16LE)), 100);
        assertThat(all(lines).getFirst().fault())
                .isEqualTo(
                        "found the byte 0xff at offset 0 of the line, expected UTF-8 text (it looks like UTF-16: save it"
                                + " as UTF-8)");
    }

    @Test
    void a_line_that_is_too_long_is_not_kept_and_the_next_is_read() throws IOException {
        Lines lines = new Lines(
                new ByteArrayInputStream(("x".repeat(100_001) + "\nb").getBytes(StandardCharsets.UTF_8)), 100);
        assertThat(all(lines))
                .containsExactly(
                        new Lines.Line(1, "", "found a line of 100,001 bytes, expected 100 at most"),
                        new Lines.Line(2, "b", null));
    }

    private static List<String> texts(byte[] bytes, int atOnce) throws IOException {
        return all(new Lines(trickling(bytes, atOnce), 1 << 20)).stream()
                .map(Lines.Line::text)
                .toList();
    }

    private static List<Lines.Line> all(Lines lines) throws IOException {
        List<Lines.Line> all = new ArrayList<>();
        for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    /// A pipe hands over what there is.
    private static InputStream trickling(byte[] bytes, int atOnce) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(length, atOnce));
            }
        };
    }
}
