package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.BatchFinder;
import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import dev.fetchline.local.batch.TableReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ResultsCommandTest {
    @TempDir
    Path directory;

    private TableTarget stack;

    @BeforeEach
    void open() {
        stack = new TableTarget(directory);
        stack.put(Records.ok("https://a.example/1", "2026-01-01T00:00:01Z", 30));
        stack.put(Records.ok("https://a.example/2", "2026-01-01T00:00:01Z", 40));
        stack.put(Records.failed("https://b.example/", "DNS", "no such name"));
    }

    @AfterEach
    void close() {
        stack.close();
    }

    @Test
    void a_pipe_gets_whole_records_a_line_each() {
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "b")).isZero();

        assertThat(streams.out().lines())
                .hasSize(3)
                .first()
                .isEqualTo("{\"batchId\":\"b\",\"url\":\"https://a.example/1\",\"status\":\"OK\",\"httpStatus\":200,"
                        + "\"submitted\":\"https://a.example/1\",\"bodyBytes\":12345,"
                        + "\"fetchedAt\":\"2026-01-01T00:00:01Z\",\"durationMs\":30,\"attempts\":2}");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void a_terminal_gets_a_table() {
        TestStreams streams = TestStreams.terminals(80);

        assertThat(stack.run(streams, "results", "b")).isZero();

        assertThat(streams.out()).isEqualTo("""
                        STATUS      HTTP       MS        BYTES  TRIES  URL
                        OK           200       30       12,345      2  https://a.example/1
                        OK           200       40       12,345      2  https://a.example/2
                        FAILED         -        -            -      -  https://b.example/
                            DNS: no such name
                        """);
        assertThat(streams.err()).isEqualTo("fetchline: 3 records.\n");
    }

    @Test
    void columns_are_chosen_for_every_format() {
        TestStreams csv = TestStreams.pipes();
        TestStreams json = TestStreams.pipes();
        TestStreams table = TestStreams.terminals(80);
        String columns = "host,status,durationMs,error.kind,url";

        assertThat(stack.run(csv, "results", "b", "--format", "csv", "--columns", columns))
                .isZero();
        assertThat(stack.run(json, "results", "b", "--format", "jsonl", "--columns", columns))
                .isZero();
        assertThat(stack.run(table, "results", "b", "--columns", columns)).isZero();

        assertThat(csv.out())
                .isEqualTo("host,status,durationMs,error.kind,url\r\n"
                        + "a.example,OK,30,,https://a.example/1\r\n"
                        + "a.example,OK,40,,https://a.example/2\r\n"
                        + "b.example,FAILED,,DNS,https://b.example/\r\n");
        assertThat(json.out().lines())
                .last()
                .isEqualTo("{\"url\":\"https://b.example/\",\"status\":\"FAILED\",\"error.kind\":\"DNS\","
                        + "\"host\":\"b.example\"}");
        assertThat(table.out().lines())
                .first()
                .isEqualTo("host                  status      durationMs  error.kind            url");
    }

    @Test
    void a_csv_is_harmless_for_a_spreadsheet() {
        stack.put(with(Records.ok("https://c.example/", "2026-01-01T00:00:01Z", 1), "tag", "=cmd|'/c calc'!A1"));
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(
                        streams, "results", "b", "--format", "csv", "--columns", "tag,hop", "--where", "exists(tag)"))
                .isZero();

        assertThat(streams.out()).isEqualTo("tag,hop\r\n'=cmd|'/c calc'!A1,\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url^=https://a.example/              | 2
            url=https://b.example/               | 1
            url=https://a.example/ or status=OK  | 2
            host=a.example and durationMs>30     | 1
            status=REFUSED                       | 0
            """)
    void what_is_meant_is_printed(String where, int count) {
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "b", "--where", where)).isZero();

        assertThat(streams.out().lines()).hasSize(count);
    }

    @Test
    void reading_stops_at_the_limit() {
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "b", "--limit", "2")).isZero();

        assertThat(streams.out().lines()).hasSize(2);
    }

    @Test
    void parts_are_read_as_one_batch_with_a_head_and_without() {
        stack.put(Records.of("large/00", "https://z/", "OK"));
        stack.put(Records.of("large/02", "https://a/", "OK"));
        TestStreams without = TestStreams.pipes();
        assertThat(stack.run(without, "results", "large", "--columns", "url")).isZero();
        stack.put(headOfThreeParts("large", 2));
        TestStreams with = TestStreams.pipes();
        assertThat(stack.run(with, "results", "large", "--columns", "url")).isZero();

        assertThat(with.out()).isEqualTo("{\"url\":\"https://z/\"}\n{\"url\":\"https://a/\"}\n");
        assertThat(without.out()).isEqualTo(with.out());
    }

    private static BatchHead headOfThreeParts(String batchId, long urls) {
        return new BatchHead(
                batchId,
                Instant.EPOCH,
                true,
                urls,
                urls,
                1,
                3,
                Map.of(),
                Optional.empty(),
                Instant.ofEpochSecond(4_000_000_000L));
    }

    @Test
    void of_a_batch_that_submit_split_a_host_is_looked_for_in_its_part_alone() {
        BatchParts parts = new BatchParts("split", 3);
        String part = parts.partitionOf(parts.partOf("a.example"));
        String other = parts.partitions().stream()
                .filter(its -> !its.equals(part))
                .findFirst()
                .orElseThrow();
        stack.put(Records.of(part, "https://a.example/1", "OK"));
        // Where submit sends none, to tell which parts are read.
        stack.put(Records.of(other, "https://a.example/elsewhere", "OK"));
        TestStreams without = TestStreams.pipes();
        assertThat(stack.run(without, "results", "split", "--where", "host=A.example"))
                .isZero();
        stack.put(headOfThreeParts("split", 1));
        TestStreams with = TestStreams.pipes();
        assertThat(stack.run(with, "results", "split", "--where", "host=A.example and status=OK"))
                .isZero();

        assertThat(without.out().lines()).hasSize(2);
        assertThat(with.out().lines()).singleElement().asString().contains("https://a.example/1");
    }

    @Test
    void parts_without_a_head_have_names_of_three_digits_too() {
        stack.put(Records.of("wide/000", "https://z/", "OK"));
        stack.put(Records.of("wide/001", "https://a/", "OK"));
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "wide")).isZero();

        assertThat(streams.out().lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "hosts", "watch"})
    void what_cannot_be_a_batch_id_is_a_sentence(String command) {
        for (String id : List.of("", "ü".repeat(129))) {
            TestStreams streams = TestStreams.pipes();
            assertThat(stack.run(streams, command, id)).isEqualTo(2);
            assertThat(streams.err()).startsWith("fetchline: BATCH has ").endsWith("which has 1 to 256.\n");
        }
    }

    @Test
    void a_stack_without_the_table_of_batches_has_its_records_read() {
        var client = stack.target().dynamoDb();
        TableReader reader = new TableReader(client);

        assertThat(new BatchFinder(client, "results", Optional.of("not-there")).find(reader, "b"))
                .hasValueSatisfying(found -> assertThat(found.head()).isEmpty());
        assertThat(new BatchesTable(client, "not-there").progress(reader, "b", ""))
                .isEmpty();
    }

    @Test
    void what_has_expired_is_not_shown() {
        Map<String, AttributeValue> row =
                new LinkedHashMap<>(Records.of("b", "https://old/", "OK").attributes());
        row.put("expiresAt", AttributeValue.fromN("1000"));
        stack.put(new FetchRecord(row));
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "b", "--columns", "url")).isZero();

        assertThat(streams.out()).doesNotContain("old");
    }

    @Test
    void bodies_go_to_files_and_an_index_to_a_file() throws IOException {
        stack.put(with(
                with(Records.ok("https://a.example/1", "2026-01-01T00:00:01Z", 30), "body", "hello"),
                "contentType",
                "text/plain"));
        Path index = directory.resolve("index.csv");
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(
                        streams,
                        "results",
                        "b",
                        "--bodies",
                        directory.resolve("bodies").toString(),
                        "--columns",
                        "url,bodyFile",
                        "--out",
                        index.toString()))
                .isZero();

        String line = Files.readAllLines(index).get(1);
        assertThat(line).startsWith("https://a.example/1,a.example-").endsWith(".txt");
        assertThat(directory.resolve("bodies").resolve(line.substring(line.indexOf(',') + 1)))
                .hasContent("hello");
        assertThat(streams.out()).isEmpty();
        assertThat(streams.err()).isEqualTo("fetchline: 3 records written to %s.\n".formatted(index));
    }

    @Test
    void a_batch_that_is_not_there_is_a_sentence() {
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, "results", "nope")).isEqualTo(2);

        assertThat(streams.out()).isEmpty();
        assertThat(streams.err())
                .isEqualTo("fetchline: no batch \"nope\" in the stack that up runs here: nothing was submitted or"
                        + " recorded under this id, or it has expired.\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --where status=     | --where: at character 8 of 'status=': found the end, expected a value after =.
            --columns url,nope  | --columns: there is no column "nope"; expected some of batchId,
            --limit 0           | --limit 0: expected a number from 1.
            --out /             | cannot write --out /: it is a directory.
            --bodies /dev/null  | cannot make --bodies /dev/null: a file is in the way.
            --format xml        | Invalid value for option '--format'
            """)
    void wrong_usage_is_a_sentence(String arguments, String sentence) {
        TestStreams streams = TestStreams.pipes();

        assertThat(stack.run(streams, ("results b " + arguments).split(" "))).isEqualTo(2);

        assertThat(streams.err()).startsWith("fetchline: " + sentence);
        assertThat(streams.err().lines()).hasSize(1);
        assertThat(streams.out()).isEmpty();
    }

    @Test
    void hosts_are_printed_for_programs_and_people() {
        TestStreams json = TestStreams.pipes();
        TestStreams csv = TestStreams.pipes();
        TestStreams table = TestStreams.pipes();

        assertThat(stack.run(json, "hosts", "b", "--sort", "ok")).isZero();
        assertThat(stack.run(csv, "hosts", "b", "--format", "csv")).isZero();
        assertThat(stack.run(table, "hosts", "b", "--format", "table", "--where", "status=OK"))
                .isZero();

        assertThat(json.out().lines())
                .containsExactly(
                        "{\"host\":\"b.example\",\"urls\":1,\"ok\":0,\"okShare\":0.0000,\"p50Ms\":null,\"p95Ms\":null,"
                                + "\"status429\":0,\"retries\":0,\"bytes\":0,\"refused\":0}",
                        "{\"host\":\"a.example\",\"urls\":2,\"ok\":2,\"okShare\":1.0000,\"p50Ms\":30,\"p95Ms\":40,"
                                + "\"status429\":0,\"retries\":2,\"bytes\":24690,\"refused\":0}");
        assertThat(csv.out())
                .isEqualTo("host,urls,ok,okShare,p50Ms,p95Ms,status429,retries,bytes,refused\r\n"
                        + "a.example,2,2,1.0000,30,40,0,2,24690,0\r\nb.example,1,0,0.0000,,,0,0,0,0\r\n");
        assertThat(table.out()).isEqualTo("""
                             URLS      OK    P50 MS    P95 MS      429  RETRIES            BYTES  REFUSED  HOST
                                2  100.0%        30        40        0        2           24,690        0  a.example
                        """);
    }

    @Test
    void a_terminal_gets_bars() {
        TestStreams streams = TestStreams.terminals(100);

        assertThat(stack.run(streams, "hosts", "b")).isZero();

        assertThat(streams.out().lines()).first().asString().endsWith("REFUSED  URLS          HOST");
        assertThat(new Bars(true).of(0.5, 12)).isEqualTo("######......");
        assertThat(new Bars(true).of(0.001, 12)).isEqualTo("#...........");
        assertThat(new Bars(true).of(0, 12)).isEqualTo("............");
        assertThat(new Bars(false).of(0.5, 3)).isEqualTo("\u2588\u258c ");
        assertThat(new Bars(false).of(1, 3)).isEqualTo("\u2588\u2588\u2588");
    }

    @ParameterizedTest
    @CsvSource({
        "'', de_DE.UTF-8, '', false",
        "'', de_DE.ISO-8859-1, '', true",
        "'', '', '', true",
        "C.UTF-8, '', '', true",
        "C.UTF-8, en_US.utf8, '', false",
        "en_US.UTF-8, C, '', false",
        "en_US.UTF-8, '', 1, true"
    })
    void blocks_are_drawn_where_they_can_be_seen(String all, String language, String noColor, boolean isPlain) {
        assertThat(Bars.of(Map.of("LC_ALL", all, "LANG", language, "NO_COLOR", noColor)))
                .isEqualTo(new Bars(isPlain));
    }

    private static FetchRecord with(FetchRecord fetched, String name, String value) {
        Map<String, AttributeValue> row = new LinkedHashMap<>(fetched.attributes());
        row.put(name, AttributeValue.fromS(value));
        return new FetchRecord(row);
    }
}
