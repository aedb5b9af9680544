package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fetchline.local.cost.CostPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command, in a checkout that has its files alone.
class CostCommandTest {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final String RESULTS = """
            {"date": "2026-11-20", "machine": "two cores", "works": [
              {"work": "plain", "program": "aiohttp", "earlyCpuMicrosPerUrl": 358},
              {"work": "plain", "program": "fetchline", "earlyCpuMicrosPerUrl": 150.4, "steadyCpuMicrosPerUrl": 90},
              {"work": "tls", "program": "fetchline", "earlyCpuMicrosPerUrl": 1500},
              {"work": "big", "program": "fetchline", "earlyCpuMicrosPerUrl": 400},
              {"work": "cold", "program": "fetchline", "coldCpuMillis": 2400}]}
            """;

    @TempDir
    Path root;

    private TestStreams streams = TestStreams.pipes();

    @BeforeEach
    void lay_out_a_checkout() throws IOException {
        Files.createDirectories(root.resolve("docs"));
        Files.createDirectories(root.resolve("bench"));
        Files.copy(REPOSITORY.resolve("template.yaml"), root.resolve("template.yaml"));
        Files.copy(REPOSITORY.resolve("docs/prices.json"), root.resolve("docs/prices.json"));
        Files.copy(REPOSITORY.resolve("docs/cost.md"), root.resolve("docs/cost.md"));
        Files.writeString(root.resolve("bench/results.json"), RESULTS);
    }

    @Test
    void measured_figures_are_reckoned_with() {
        assertThat(execute()).isZero();
        assertThat(streams.err()).isEmpty();
        assertThat(streams.out())
                .startsWith("1,000,000 URLs in a month, in US dollars (us-east-1; ")
                .contains("- CPU of a URL: 150.4 µs (measured 2026-11-20 in a young environment, later 90 µs).")
                .contains("a thousand new environments (2,400 ms of CPU each)")
                .contains("\nMemorySize (", "\nBatchSize (", "\nBatchWindowSeconds (", "\nMaximumConcurrency (")
                .contains("\nRecords, by FETCH_STORE_BODY ");
        assertThat(streams.out().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void what_is_given_counts_more_than_what_was_measured() {
        assertThat(execute("--cpu-micros", "77", "--memory", "2048", "--work", "TLS"))
                .isZero();
        assertThat(streams.out()).contains("CPU of a URL: 77 µs (as given)", "2048 MB (1.16 vCPU)");
    }

    @Test
    void without_measured_figures_they_must_be_given() throws IOException {
        Files.delete(root.resolve("bench/results.json"));
        assertThat(execute("--work", "tls")).isEqualTo(2);
        assertThat(streams.out()).isEmpty();
        assertThat(streams.err())
                .isEqualTo("fetchline: bench/results.json has no figures of the work tls: run ./fetchline bench --save,"
                        + " or give --cpu-micros\n");
        streams = TestStreams.pipes();
        assertThat(execute("--work", "tls", "--cpu-micros", "1500")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--work       | plane | --work plane: expected plain, tls or big",
                "--urls       | 0     | --urls 0: expected a number from 1 to 1000000000000",
                "--urls       | many  | Invalid value for option '--urls': 'many' is not a whole number",
                "--cpu-micros | 0     | --cpu-micros 0: expected a number from 1 to 10000000",
                "--cpu-micros | NaN   | --cpu-micros NaN: expected a number from 1 to 10000000",
                "--latency-ms | -1    | --latency-ms -1: expected a number from 1 to 900000",
                "--slow-percent | 101 | --slow-percent 101: expected a number from 0 to 100",
                "--record-kb  | 401   | --record-kb 401: expected a number from 0.1 to 400",
                "--urls-per-message | 10001 | --urls-per-message 10001: expected a number from 1 to 10000",
                "--memory     | 127   | --memory 127: expected a number from 128 to 10240",
                "--batch      | 0     | --batch 0: expected a number from 1 to 10000",
                "--per-host   | 601   | --per-host 601: expected a number from 1 to 600"
            })
    void a_value_that_cannot_be_is_named(String option, String value, String sentence) {
        assertThat(execute(option, value)).isEqualTo(2);
        assertThat(streams.out()).isEmpty();
        assertThat(streams.err()).isEqualTo("fetchline: " + sentence + " (see fetchline cost --help).\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/prices.json", "bench/results.json"})
    void a_file_that_is_not_json_is_named(String file) throws IOException {
        Files.writeString(root.resolve(file), "{\"prices\": ");
        assertThat(execute()).isEqualTo(2);
        assertThat(streams.err()).startsWith("fetchline: ").contains(file, "is not JSON");
    }

    @Test
    void save_writes_all_works_into_the_page_and_nothing_else_of_it() throws IOException {
        Path page = root.resolve("docs/cost.md");
        String before = Files.readString(page);
        assertThat(execute("--save")).isZero();
        assertThat(streams.err()).isEqualTo("fetchline: wrote docs/cost.md\n");
        assertThat(CostPage.read(page)).contains("### `plain`", "### `tls`", "### `big`", "### Records", "150.4 µs");
        String after = Files.readString(page);
        String head = before.substring(0, before.indexOf("<!-- written by"));
        String tail = before.substring(before.indexOf("<!-- end -->"));
        assertThat(after).startsWith(head).endsWith(tail);
        assertThat(execute("--save")).isZero();
        assertThat(page).hasContent(after);
    }

    @Test
    void save_is_given_alone() {
        assertThat(execute("--save", "--urls", "5")).isEqualTo(2);
        assertThat(streams.err())
                .isEqualTo("fetchline: --save writes what the defaults give: give it alone (see fetchline cost"
                        + " --help).\n");
    }

    @Test
    void a_page_without_its_markers_is_left_alone() throws IOException {
        Path page = Files.writeString(root.resolve("docs/cost.md"), "no markers");
        assertThat(execute("--save")).isEqualTo(2);
        assertThat(streams.err()).contains("docs/cost.md has no line \"<!-- written by");
        assertThat(page).hasContent("no markers");
    }

    /// As long as nothing was measured, there is nothing to compare.
    @Test
    void the_page_of_the_repository_is_what_its_files_give() {
        Home home = new Home(REPOSITORY, "Linux", "amd64");
        assumeThat(home.benchResults()).exists();
        assertThat(CostPage.read(home.costPage())).isEqualTo(CostCommand.page(home));
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "cost";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.commandLine(streams.streams(), new Home(root, "Linux", "amd64"))
                .execute(all);
    }
}
