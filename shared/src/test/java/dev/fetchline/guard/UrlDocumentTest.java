package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of `docs/urls.md` are true.
class UrlDocumentTest {
    private static final FetchUrl BASE = (FetchUrl) FetchUrl.read("http://example.com/a/b?c");

    @Test
    void what_has_a_canonical_form() throws IOException {
        for (var section : List.of("## The canonical form", "## What is repaired")) {
            for (var row : rows(section)) {
                assertThat(said(FetchUrl.read(row[0]))).as(row[0]).isEqualTo(row[1]);
            }
        }
    }

    @Test
    void what_is_invalid_and_why() throws IOException {
        for (var row : rows("## What is INVALID")) {
            assertThat(FetchUrl.read(row[0]))
                    .as(row[0])
                    .isInstanceOfSatisfying(
                            UrlReading.Invalid.class,
                            invalid -> assertThat(invalid.reason()).startsWith(row[1]));
        }
    }

    @Test
    void what_is_refused_and_its_key() throws IOException {
        for (var row : rows("## What is REFUSED")) {
            assertThat(said(FetchUrl.read(row[0]))).as(row[0]).isEqualTo(row[1] + " " + row[2]);
        }
    }

    @Test
    void where_a_location_leads() throws IOException {
        for (var row : rows("## Redirect targets")) {
            var location = new String(row[0].getBytes(UTF_8), ISO_8859_1);
            assertThat(said(BASE.resolve(location))).as(row[0]).isEqualTo(row[1]);
        }
    }

    private static String said(UrlReading reading) {
        return switch (reading) {
            case FetchUrl url -> url.text();
            case UrlReading.Invalid _ -> "INVALID";
            case UrlReading.Refused(var key, var refusal) -> refusal.rule() + " " + key;
        };
    }

    /// The cells of the rows that begin with code, without its backticks.
    private static List<String[]> rows(String heading) throws IOException {
        var document = Files.readString(Path.of("..", "docs", "urls.md"));
        int from = document.indexOf(heading + "\n");
        assertThat(from).as(heading).isNotNegative();
        int to = document.indexOf("\n## ", from);
        var rows = document.substring(from, to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("(?<!\\\\)\\|", -1))
                        .map(String::strip)
                        .map(cell -> cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell)
                        .map(cell -> cell.replace("\\|", "|"))
                        .toArray(String[]::new))
                .toList();
        assertThat(rows).as(heading).hasSizeGreaterThan(5);
        return rows;
    }
}
