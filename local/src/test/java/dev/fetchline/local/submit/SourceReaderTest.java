package dev.fetchline.local.submit;

import static dev.fetchline.local.submit.Submissions.read;
import static dev.fetchline.local.submit.Submissions.sent;
import static dev.fetchline.local.submit.Submissions.settings;
import static dev.fetchline.local.submit.Submissions.text;
import static dev.fetchline.local.submit.Submissions.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.RequestMethod;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    Path directory;

    @Test
    void text_is_a_url_a_line_without_blank_lines_and_comments() {
        try (Submission submission = read(
                settings("b", 10), directory, text("u.txt", "# list\n\n http://a.example/1 \r\nhttp://a.example/2"))) {
            assertThat(submission.bad().count()).isZero();
            assertThat(urls(sent(submission.pack(true)))).containsExactly("http://a.example/1", "http://a.example/2");
        }
    }

    @Test
    void bad_lines_are_named_with_file_and_line_and_in_their_kind() {
        String lines = "example.com\nhttp://a.example/\n{\"url\":\"http://b.example/\"}\nftp://c.example/\n"
                + "http://u:p@d.example/\n" + "http://e.example/" + "x".repeat(9_000) + "\nhttp://0177.0.0.1/";
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", lines))) {
            assertThat(submission.bad().first())
                    .containsExactly(
                            "u.txt:1: INVALID: There is no scheme: expected http:// or https://",
                            "u.txt:3: INVALID: There is no scheme: expected http:// or https://",
                            "u.txt:4: REFUSED: The scheme is ftp; only http and https are fetched",
                            "u.txt:5: REFUSED: The URL carries user information before its host; only URLs without it"
                                    + " are fetched",
                            "u.txt:6: INVALID: found 9017 UTF-8 bytes, expected a URL of 1 to 8192 UTF-8 bytes",
                            "u.txt:7: REFUSED: The host is a number, but not four decimal numbers from 0 to 255 without"
                                    + " leading zeros");
            assertThat(submission.bad().invalid()).isEqualTo(3);
            assertThat(submission.bad().refused()).isEqualTo(3);
            assertThat(submission.entries()).isEqualTo(1);
        }
    }

    @Test
    void only_the_first_ten_are_kept() {
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", "x\n".repeat(1_000)))) {
            assertThat(submission.bad().first()).hasSize(10);
            assertThat(submission.bad().count()).isEqualTo(1_000);
        }
    }

    @Test
    void bodies_keep_their_items_options() {
        String body = """
                {"urls":["http://a.example/1",{"url":"http://a.example/2","method":"HEAD","tag":"t","timeoutMs":5,\
                "maxBodyBytes":6,"followRedirects":false,"headers":{"B":"2","A":"1"}}],"defaults":{"headers":{"C":"3"}}}""";
        SubmitSettings settings = new SubmitSettings("b", Optional.of("all"), Map.of("D", "4"), 10);
        try (Submission submission = read(settings, directory, text("one.json", body))) {
            assertThat(submission.bad().first()).isEmpty();
            assertThat(Submissions.items(sent(submission.pack(true))))
                    .containsExactly(
                            new FetchItem(
                                    "http://a.example/1",
                                    RequestMethod.GET,
                                    Map.of("C", "3", "D", "4"),
                                    null,
                                    null,
                                    null,
                                    "all"),
                            new FetchItem(
                                    "http://a.example/2",
                                    RequestMethod.HEAD,
                                    Map.of("A", "1", "B", "2", "C", "3", "D", "4"),
                                    5,
                                    6,
                                    false,
                                    "t"));
        }
    }

    @Test
    void bodies_that_name_another_batch_and_items_that_are_none_are_bad_lines() {
        String lines = """
                {"batchId":"b","urls":["http://a.example/1"]}

                {"batchId":"other","urls":["http://a.example/2"]}
                {"urls":["http://a.example/3",7,{"url":"x"}]}
                {"urls":[
                {"v":1,"parts":[]}
                http://a.example/4
                """;
        try (Submission submission = read(settings("b", 10), directory, text("m.jsonl", lines))) {
            assertThat(submission.bad().first())
                    .satisfiesExactly(
                            other -> assertThat(other)
                                    .isEqualTo("m.jsonl:3: INVALID: found the batchId \"other\", expected none, or that"
                                            + " of --batch-id: all input becomes one batch"),
                            item -> assertThat(item).startsWith("m.jsonl:4: item 2: INVALID: urls[1]: found "),
                            url -> assertThat(url)
                                    .isEqualTo("m.jsonl:4: item 3: INVALID: There is no scheme: expected http:// or"
                                            + " https://"),
                            json -> assertThat(json).startsWith("m.jsonl:5: INVALID: "),
                            deferral -> assertThat(deferral)
                                    .isEqualTo("m.jsonl:6: INVALID: found a deferral of the function's own, expected"
                                            + " URLs"));
            assertThat(urls(sent(submission.pack(true))))
                    .containsExactly("http://a.example/1", "http://a.example/3", "http://a.example/4");
        }
    }

    @Test
    void headers_that_are_too_many_with_those_of_all_are_a_bad_line() {
        String many = "{\"url\":\"http://a.example/\",\"headers\":{" + "\"H%d\":\"v\"".formatted(0)
                + ",\"H%d\":\"v\"".repeat(30).formatted((Object[]) numbers(30)) + "}}";
        SubmitSettings settings = new SubmitSettings("b", Optional.empty(), Map.of("X", "1", "Y", "2"), 10);
        try (Submission submission = read(settings, directory, text("m.jsonl", many))) {
            assertThat(submission.bad().first())
                    .containsExactly(
                            "m.jsonl:1: INVALID: urls[0].headers: found 33 headers, defaults included, expected"
                                    + " at most 32");
        }
    }

    private static Integer[] numbers(int count) {
        return java.util.stream.IntStream.rangeClosed(1, count).boxed().toArray(Integer[]::new);
    }

    @Test
    void a_source_that_cannot_be_read_is_named() {
        Source missing = new Source("gone.txt", Source.Form.TEXT, () -> {
            throw new FileNotFoundException("gone");
        });
        assertThatThrownBy(() -> read(settings("b", 10), directory, missing))
                .isInstanceOfSatisfying(
                        UnreadableSourceException.class,
                        e -> assertThat(e.source()).isEqualTo("gone.txt"));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void several_sources_are_one_batch() {
        try (Submission submission = read(
                settings("b", 10),
                directory,
                text("a.txt", "http://a.example/1\n"),
                text("b.jsonl", "\"http://a.example/2\"\n"),
                text("c.json", "[\"http://a.example/1\"]"))) {
            Submission.Packed packed = submission.pack(true);
            assertThat(urls(sent(packed))).isEqualTo(List.of("http://a.example/1", "http://a.example/2"));
            assertThat(packed.duplicates()).isEqualTo(1);
        }
    }

    /// As `cat` makes them of files that begin with a byte order mark.
    @Test
    void a_byte_order_mark_within_a_text_hides_no_line() {
        String lines =
                "http://a.example/1\n\uFEFF{oops\n\uFEFF{\"url\":\"http://a.example/2\"}\n\uFEFFhttp://a.example/3\n";
        try (Submission submission = read(settings("b", 10), directory, text("u.txt", lines))) {
            assertThat(submission.bad().first())
                    .containsExactly(
                            "u.txt:2: INVALID: There is no scheme: expected http:// or https://",
                            "u.txt:3: INVALID: There is no scheme: expected http:// or https://");
            assertThat(urls(sent(submission.pack(true)))).containsExactly("http://a.example/1", "http://a.example/3");
        }
    }
}
