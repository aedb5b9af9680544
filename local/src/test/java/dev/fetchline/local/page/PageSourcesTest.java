package dev.fetchline.local.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The front end's files, read as text.
class PageSourcesTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/fetchline/local/page");

    /// Every way of making markup or code out of a string, and of leaving something behind in the browser.
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?i)innerHTML|outerHTML|insertAdjacentHTML|document\\.write"
                    + "|createContextualFragment|setHTMLUnsafe|parseFromString|srcdoc|\\beval\\b|new Function|javascript:|\\.cookie"
                    + "|localStorage|sessionStorage|postMessage|allow-scripts|allow-same-origin|\\sstyle=|\\son[a-z]+=\"");

    @Test
    void nothing_makes_markup_or_code_out_of_text() throws IOException {
        for (Path file : files()) {
            assertThat(FORBIDDEN.matcher(Files.readString(file)).results().map(it -> it.group()))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void the_rule_finds_what_it_forbids() {
        assertThat(FORBIDDEN.matcher("row.innerHTML = url").find()).isTrue();
        assertThat(FORBIDDEN.matcher("<p onclick=\"x()\">").find()).isTrue();
        assertThat(FORBIDDEN.matcher("textContent").find()).isFalse();
    }

    @Test
    void nothing_comes_from_elsewhere() throws IOException {
        Pattern elsewhere =
                Pattern.compile("https?://(?!www\\.w3\\.org/2000/svg\\b)[a-z]|@import|url\\(|//[a-z]+\\.[a-z]+/");
        for (Path file : files()) {
            assertThat(elsewhere.matcher(Files.readString(file)).results().map(it -> it.group()))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void every_file_is_served_and_small() throws IOException {
        long bytes = 0;
        PageFiles served = PageFiles.read();
        for (Path file : files()) {
            String name = file.getFileName().toString();
            assertThat(served.at(name.equals("index.html") ? "" : name))
                    .as(name)
                    .isPresent();
            bytes += Files.size(file);
        }
        assertThat(bytes).isLessThan(80_000);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }
}
