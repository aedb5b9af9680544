package dev.fetchline.local.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class BodyFilesTest {
    @TempDir
    Path directory;

    @Test
    void a_text_is_written_and_the_record_names_its_file() throws IOException {
        FetchRecord saved = files().save(of("https://example.com/a", "text/html", AttributeValue.fromS("<p>é</p>")));

        assertThat(saved.text("bodyFile")).matches("example\\.com-[0-9a-f]{16}\\.html");
        assertThat(saved.attributes())
                .doesNotContainKeys("body", "bodyEncoding")
                .containsKey("url");
        assertThat(Files.readString(directory.resolve("bodies").resolve(saved.text("bodyFile"))))
                .isEqualTo("<p>é</p>");
        assertThat(names()).containsExactly(saved.text("bodyFile"));
    }

    @Test
    void what_was_zipped_is_unzipped_also_where_it_grows_much() throws IOException {
        byte[] large = "0123456789abcdef".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        FetchRecord zipped = of("https://a/", "text/plain", AttributeValue.fromB(SdkBytes.fromByteArray(gzip(large))));
        FetchRecord binary = of("https://b/", null, AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1})));

        FetchRecord large1 = files().save(with(zipped, "bodyEncoding", "gzip"));
        FetchRecord binary1 = files().save(binary);

        assertThat(directory.resolve("bodies").resolve(large1.text("bodyFile"))).hasBinaryContent(large);
        assertThat(large1.text("bodyFile")).endsWith(".txt");
        assertThat(directory.resolve("bodies").resolve(binary1.text("bodyFile")))
                .hasBinaryContent(new byte[] {0, -1});
        assertThat(binary1.text("bodyFile")).endsWith(".bin");
    }

    @Test
    void a_record_without_a_body_is_left_as_it_is() throws IOException {
        FetchRecord none = new FetchRecord(Map.of("url", AttributeValue.fromS("https://a/")));

        assertThat(files().save(none)).isEqualTo(none);
        assertThat(names()).isEmpty();
    }

    @Test
    void the_same_body_again_is_the_same_file_and_another_one_overwrites_nothing() throws IOException {
        FetchRecord first = files().save(of("https://a/", "text/html", AttributeValue.fromS("one")));
        FetchRecord again = files().save(of("https://a/", "text/html", AttributeValue.fromS("one")));
        FetchRecord changed = files().save(of("https://a/", "text/html", AttributeValue.fromS("two")));
        FetchRecord changedAgain = files().save(of("https://a/", "text/html", AttributeValue.fromS("two")));

        assertThat(again).isEqualTo(first);
        assertThat(changed.text("bodyFile"))
                .isEqualTo(first.text("bodyFile").replace(".html", "-2.html"))
                .isEqualTo(changedAgain.text("bodyFile"));
        assertThat(Files.readString(directory.resolve("bodies").resolve(first.text("bodyFile"))))
                .isEqualTo("one");
        assertThat(names()).hasSize(2);
    }

    @Test
    void a_link_in_the_way_is_not_followed() throws IOException {
        FetchRecord fetched = of("https://a/", "text/html", AttributeValue.fromS("one"));
        String name = BodyFileName.of(fetched);
        Path precious = Files.writeString(directory.resolve("precious"), "keep");
        Files.createDirectories(directory.resolve("bodies"));
        Files.createSymbolicLink(directory.resolve("bodies").resolve(name), precious);
        Files.createSymbolicLink(directory.resolve("bodies").resolve("." + name + ".part"), precious);

        FetchRecord saved = files().save(fetched);

        assertThat(Files.readString(precious)).isEqualTo("keep");
        assertThat(saved.text("bodyFile")).endsWith("-2.html");
    }

    @Test
    void a_body_that_is_not_what_it_says_leaves_no_file_and_stays_in_its_record() throws IOException {
        byte[] cutOff = Arrays.copyOf(gzip("text".repeat(99).getBytes(StandardCharsets.UTF_8)), 20);
        for (AttributeValue body :
                List.of(AttributeValue.fromS("no gzip"), AttributeValue.fromB(SdkBytes.fromByteArray(cutOff)))) {
            FetchRecord broken = with(of("https://a/", "text/html", body), "bodyEncoding", "gzip");

            assertThat(files().save(broken)).isEqualTo(broken);
            assertThat(names()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/../../etc/passwd",
                "https://example.com/%2e%2e%2f..%5c..\\x",
                "https://../x",
                "https://.hidden/",
                "https://-rf/",
                "https://con/",
                "https://aux.example/",
                "https://lpt1/",
                "https://[2001:db8::1]/",
                "HEAD https://example.com/",
                "invalid:sha256=00",
                "https://a\u202egnp.exe/",
                "https://a\u0000b/",
                "https://xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void a_name_is_harmless_whatever_the_url(String url) {
        String name = BodyFileName.of(of(url, "application/x-msdownload", AttributeValue.fromS("x")));

        assertThat(name)
                .matches("[a-z0-9_][a-z0-9_.-]*-[0-9a-f]{16}\\.bin")
                .hasSizeLessThanOrEqualTo(120)
                .doesNotMatch("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[.].*")
                .doesNotStartWith(".");
        assertThat(directory.resolve(name).normalize().getParent()).isEqualTo(directory);
    }

    @Test
    void urls_that_differ_have_files_that_differ() {
        List<String> names = Stream.of(
                        of("https://a/x", "text/html", AttributeValue.fromS("x")),
                        of("https://a/X", "text/html", AttributeValue.fromS("x")),
                        of("https://a/x?", "text/html", AttributeValue.fromS("x")),
                        of("HEAD https://a/x", "text/html", AttributeValue.fromS("x")),
                        with(of("https://a/x", "text/html", AttributeValue.fromS("x")), "batchId", "other"))
                .map(BodyFileName::of)
                .toList();

        assertThat(names).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=utf-8, html",
        "TEXT/HTML, html",
        "application/ld+json, json",
        "image/svg+xml, svg",
        "application/soap+xml, xml",
        "text/x-shellscript, txt",
        "text/javascript, txt",
        "application/javascript, txt",
        "application/x-sh, bin",
        "'', bin",
        "../../x, bin"
    })
    void the_suffix_is_of_the_media_type(String contentType, String suffix) {
        assertThat(BodyFileName.of(of("https://a/", contentType, AttributeValue.fromS("x"))))
                .endsWith("." + suffix);
    }

    private BodyFiles files() throws IOException {
        return BodyFiles.in(directory.resolve("bodies"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("bodies"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static FetchRecord of(String url, String contentType, AttributeValue body) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("batchId", AttributeValue.fromS("b"));
        row.put("url", AttributeValue.fromS(url));
        if (contentType != null) {
            row.put("contentType", AttributeValue.fromS(contentType));
        }
        row.put("body", body);
        return new FetchRecord(row);
    }

    private static FetchRecord with(FetchRecord fetched, String name, String value) {
        Map<String, AttributeValue> row = new LinkedHashMap<>(fetched.attributes());
        row.put(name, AttributeValue.fromS(value));
        return new FetchRecord(row);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(bytes);
        }
        return zipped.toByteArray();
    }
}
