package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputReaderTest {
    @TempDir
    Path directory;

    @Test
    void text_file_holds_a_url_a_line() throws IOException {
        String file = file("urls.txt", "\ufeffhttp://a/\r\n\r\n# a comment\r\n  http://b/ \t\r\n#\nnot a url\n");
        assertThat(read(file)).singleElement().satisfies(message -> {
            assertThat(message.urls()).containsExactly("http://a/", "http://b/", "not a url");
            assertThat(message.body())
                    .isEqualTo("{\"batchId\":\"run-1\",\"urls\":[\"http://a/\",\"http://b/\",\"not a url\"]}");
        });
    }

    @Test
    void file_without_suffix_is_text() throws IOException {
        assertThat(read(file("urls", "http://a/"))).hasSize(1);
    }

    @Test
    void empty_files_hold_nothing() throws IOException {
        assertThat(read(file("a.txt", ""))).isEmpty();
        assertThat(read(file("b.txt", "\n \n# only a comment\n"))).isEmpty();
        assertThat(read(file("c.json", " \n"))).isEmpty();
        assertThat(read(file("d.jsonl", "\n\n"))).isEmpty();
    }

    @Test
    void json_file_is_one_body_as_it_is() throws IOException {
        String body = "{\n  \"urls\": [\"http://a/\"]\n}";
        assertThat(read(file("m.json", body + "\n"))).containsExactly(OutgoingMessage.whole(body));
        assertThat(read(file("not.JSON", "{broken"))).containsExactly(OutgoingMessage.whole("{broken"));
    }

    @Test
    void json_lines_file_is_a_body_a_line() throws IOException {
        assertThat(read(file("m.jsonl", "\"http://a/\"\r\n\r\n[\"http://b/\"]\n")))
                .containsExactly(OutgoingMessage.whole("\"http://a/\""), OutgoingMessage.whole("[\"http://b/\"]"));
    }

    @Test
    void dash_is_standard_input_as_text() {
        InputReader reader = new InputReader(
                new ByteArrayInputStream("http://a/\n".getBytes(StandardCharsets.UTF_8)), new UrlPacker("run-1", 10));
        assertThat(reader.messagesOf(List.of("-")))
                .singleElement()
                .satisfies(message -> assertThat(message.urls()).containsExactly("http://a/"));
    }

    @Test
    void inputs_keep_their_order() throws IOException {
        List<OutgoingMessage> messages =
                read(file("1.txt", "http://a/"), file("2.json", "[]"), file("3.txt", "http://c/"));
        assertThat(messages)
                .extracting(OutgoingMessage::urls)
                .containsExactly(List.of("http://a/"), List.of(), List.of("http://c/"));
    }

    @Test
    void binary_files_are_named_with_the_offset() throws IOException {
        assertFault(
                file("image.png", bytes('o', 'k', 0x89, 'P')),
                "image.png is not a UTF-8 text file: byte 0x89 at offset 2.");
        assertFault(file("core", bytes('E', 'L', 'F', 0, 0xff)), "byte 0x00 at offset 3.");
        assertFault(file("half.txt", bytes('h', 0xc3)), "byte 0xc3 at offset 1.");
        assertFault(
                file("word.txt", "http://a/".getBytes(StandardCharsets.UTF_16)),
                "byte 0xfe at offset 0 (it looks like UTF-16: save it as UTF-8).");
        assertFault(file("m.json", bytes('"', 0xff, '"')), "m.json is not a UTF-8 text file: byte 0xff at offset 1.");
    }

    @Test
    void files_that_cannot_be_read_are_named() {
        assertFault(directory.resolve("none.txt").toString(), "none.txt: no such file or directory.");
        assertFault(directory.toString(), ": it is a directory.");
        assertFault("nul\0in-name", "no such file or directory.");
    }

    @Test
    void bodies_that_the_queue_would_refuse_are_named() throws IOException {
        String tooLong = "\"" + "x".repeat(InputReader.BODY_BYTES_MAX) + "\"";
        assertFault(
                file("long.json", tooLong),
                "too long for one message: 1,048,578 bytes, and the queue takes 1,048,576.");
        assertFault(file("m.jsonl", "[]\n" + tooLong), "line 2 of ");
        assertFault(file("c.json", "\"\u0001\""), "holds the character U+0001, which the queue does not take.");
        assertFault(file("f.json", "\"\uffff\""), "holds the character U+FFFF");
    }

    private List<OutgoingMessage> read(String... files) {
        return new InputReader(new ByteArrayInputStream(new byte[0]), new UrlPacker("run-1", 10))
                .messagesOf(List.of(files));
    }

    private void assertFault(String file, String part) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        CliException.class,
                        fault -> assertThat(fault.exitCode()).isEqualTo(2))
                .hasMessageContaining(part);
    }

    private String file(String name, String text) throws IOException {
        return file(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content).toString();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
