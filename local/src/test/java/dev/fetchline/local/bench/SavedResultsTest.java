package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a checkout holds after the results of a bench were saved in it.
class SavedResultsTest {
    private static final String PAGE =
            "# By hand\n<!-- bench: begin; what is between is written by ./fetchline bench --save -->\nold\n"
                    + "<!-- bench: end -->\nby hand too\n";
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate TUESDAY = LocalDate.of(2026, 11, 24);

    @TempDir
    Path root;

    @BeforeEach
    void lay_out_a_checkout() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.createDirectories(root.resolve("bench"));
        Files.writeString(root.resolve("docs/performance.md"), PAGE);
    }

    private static Program program(String name, String version) {
        return new Program(name, version, Path.of("."), false, (_, _) -> List.of());
    }

    private static Results measured(String work, double early, Program... programs) {
        Work its = Works.named(work, false);
        Results results = new Results(List.of(its), List.of(programs), 3);
        for (Program program : programs) {
            results.add(its, program, Map.of(Measure.EARLY_CPU, early, Measure.RECORD_BYTES, 970.0));
        }
        return results;
    }

    private void save(Results results, LocalDate date, String machine) throws IOException {
        SavedResults.open(root).write(results, date, machine);
    }

    private String page() throws IOException {
        return Files.readString(root.resolve("docs/performance.md"));
    }

    private String json() throws IOException {
        return Files.readString(root.resolve("bench/results.json"));
    }

    private String picture() throws IOException {
        return Files.readString(root.resolve("docs/performance.svg"));
    }

    @Test
    void the_page_is_changed_between_its_markers_only() throws IOException {
        save(measured("plain", 100, program("fetchline", "1.0")), MONDAY, "2 x a processor");
        String once = page();
        assertThat(once)
                .startsWith("# By hand\n<!-- bench: begin")
                .endsWith("<!-- bench: end -->\nby hand too\n")
                .contains(
                        "Measured on 2026-11-23 in 3 rounds; 2 x a processor; fetchline: 1.0.",
                        "| program | early µs/URL | record bytes |\n| --- | --- | --- |\n| fetchline | 100 | 970 |\n")
                .doesNotContain("old");
        save(measured("plain", 100, program("fetchline", "1.0")), MONDAY, "2 x a processor");
        assertThat(page()).isEqualTo(once);
    }

    @Test
    void a_row_has_what_a_work_measures_and_nothing_else() throws IOException {
        save(measured("plain", 100.25, program("fetchline", "1.0")), MONDAY, "2 x a processor");
        assertThat(json().replaceAll("\\s+", ""))
                .startsWith("{\"works\":[{\"work\":\"plain\",\"program\":\"fetchline\",\"version\":\"1.0\",\"date\":"
                        + "\"2026-11-23\",\"machine\":\"2xaprocessor\",\"rounds\":3,\"knobs\":")
                .endsWith("\"earlyCpuMicrosPerUrl\":100.25,\"recordBytes\":970}]}");
    }

    @Test
    void a_work_that_was_not_run_keeps_its_figures_and_when_and_with_what_they_were_measured() throws IOException {
        save(
                measured("tls", 1_500.125, program("fetchline", "1.0"), program("go", "go1.26")),
                MONDAY,
                "2 x a processor");
        save(measured("plain", 100, program("fetchline", "2.0")), TUESDAY, "4 x another");

        assertThat(page())
                .contains(
                        "Measured on 2026-11-24 in 3 rounds; 4 x another; fetchline: 2.0.",
                        "| fetchline | 100 | 970 |",
                        "Measured on 2026-11-23 in 3 rounds; 2 x a processor; fetchline: 1.0; go: go1.26.",
                        "| go | 1,500 | 970 |")
                .containsSubsequence("### plain", "### tls");
        assertThat(json()).contains("\"version\" : \"go1.26\"", "1500.125").containsSubsequence("plain", "tls");
        assertThat(picture()).contains(">plain, early, CPU µs a URL<", ">tls, early, CPU µs a URL<", ">1,500<");
    }

    /// Ratios are of one run: no figure of another day stands beside those of today.
    @Test
    void a_work_that_was_run_is_replaced_whole() throws IOException {
        save(measured("plain", 200, program("fetchline", "1.0"), program("go", "go1.26")), MONDAY, "2 x a processor");
        save(measured("plain", 100, program("fetchline", "2.0")), TUESDAY, "2 x a processor");

        assertThat(json()).doesNotContain("go1.26", "2026-11-23");
        assertThat(page()).doesNotContain("| go |", "2026-11-23");
    }

    @Test
    void a_file_of_before_has_date_machine_and_versions_once_for_all() throws IOException {
        Files.writeString(root.resolve("bench/results.json"), """
                {"date": "2026-11-20", "machine": "two cores", "rounds": 2,
                 "versions": {"java": "25", "fetchline": "JDK 25"},
                 "works": [{"work": "memory", "program": "fetchline", "knobs": "512 MB", "rssMaxMb": 189},
                           {"work": "big", "program": "fetchline", "knobs": "100 KB", "earlyCpuMicrosPerUrl": 710}]}
                """);
        save(measured("plain", 100, program("fetchline", "2.0")), TUESDAY, "4 x another");

        assertThat(page())
                .contains(
                        "### big\n\n100 KB.\n\nMeasured on 2026-11-20 in 2 rounds; two cores; fetchline: JDK 25.",
                        "| fetchline | 710 |",
                        "Measured on 2026-11-20 in 1 round; two cores;");
        assertThat(json()).contains("\"date\" : \"2026-11-20\"", "\"version\" : \"JDK 25\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "",
                "[]",
                "{\"works\":{}}",
                "{\"works\":[1]}",
                "{\"works\":[{\"work\":\"plain\"}]}",
                "{\"works\":[{\"work\":[]}]}",
                "{\"works\":["
            })
    void what_is_no_file_of_results_is_said_before_anything_is_measured(String text) throws IOException {
        Files.writeString(root.resolve("bench/results.json"), text);
        assertThatIOException()
                .isThrownBy(() -> SavedResults.open(root))
                .withMessage("results.json cannot be read as results of the bench");
    }

    @Test
    void a_page_without_markers_is_said_before_anything_is_measured() throws IOException {
        Files.writeString(root.resolve("docs/performance.md"), "# By hand\n");
        assertThatIOException()
                .isThrownBy(() -> SavedResults.open(root))
                .withMessageContaining("has not the two lines");
    }
}
