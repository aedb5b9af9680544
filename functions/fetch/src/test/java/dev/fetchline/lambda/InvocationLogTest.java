package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.progress.ProgressTable;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;

/// The lines as CloudWatch reads them (its "Specification: Embedded metric format").
final class InvocationLogTest {
    private final ManualTime time = new ManualTime();

    private List<JsonNode> write(boolean debug, BatchVerdict verdict) {
        List<String> lines = new ArrayList<>();
        new InvocationLog(lines::add, time, debug).write(new TestContext(1), verdict, Duration.ofMillis(1_234));
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContainPattern("\\p{Cntrl}"));
        return lines.stream().map(JsonNodeParser.create()::parse).toList();
    }

    private static BatchVerdict verdict(List<Settled> settled, List<QuarantineResult> quarantined, Set<String> back) {
        return new BatchVerdict(7, settled, quarantined, List.of(), back, 3, 2);
    }

    private static Settled settled(int i, Ending ending) {
        return new Settled(new RecordKey("b", "http://example.com/" + i), Set.of("m"), ending);
    }

    private static Ending recorded(RecordStatus status, int millis, int tries) {
        return new Ending.Recorded(status, Duration.ofMillis(millis), tries, tries, 100, false);
    }

    private static String text(JsonNode line, String field) {
        return line.field(field).orElseThrow().text();
    }

    private static long number(JsonNode line, String field) {
        return Long.parseLong(line.field(field).orElseThrow().asNumber());
    }

    @Test
    void the_summary_is_a_line_of_the_embedded_metric_format() {
        List<Settled> settled = IntStream.range(0, 250)
                .mapToObj(i -> settled(i, recorded(RecordStatus.OK, i, 2)))
                .toList();
        JsonNode line = write(false, verdict(settled, List.of(), Set.of())).getFirst();
        JsonNode aws = line.field("_aws").orElseThrow();
        assertThat(number(aws, "Timestamp")).isEqualTo(time.now().toEpochMilli());
        JsonNode directive =
                aws.field("CloudWatchMetrics").orElseThrow().asArray().getFirst();
        assertThat(text(directive, "Namespace")).isEqualTo("Fetchline");
        JsonNode dimensions =
                directive.field("Dimensions").orElseThrow().asArray().getFirst();
        assertThat(dimensions.asArray()).extracting(JsonNode::text).containsExactly("FunctionName");
        assertThat(text(line, "FunctionName")).isEqualTo("fetch");
        List<JsonNode> metrics = directive.field("Metrics").orElseThrow().asArray();
        assertThat(metrics.stream().map(metric -> text(metric, "Name")).collect(Collectors.toSet()))
                .hasSize(metrics.size())
                .hasSizeLessThanOrEqualTo(100);
        assertThat(metrics).allSatisfy(metric -> {
            assertThat(text(metric, "Unit")).isIn("Count", "Bytes", "Milliseconds");
            JsonNode value = line.field(text(metric, "Name")).orElseThrow();
            assertThat(value.isNumber() || (value.isArray() && value.asArray().size() <= 100))
                    .isTrue();
        });
        assertThat(line.field("FetchDuration").orElseThrow().asArray()).hasSize(100);
    }

    @Test
    void everything_is_counted_once() {
        BatchVerdict verdict = verdict(
                List.of(
                        settled(1, recorded(RecordStatus.OK, 5, 1)),
                        settled(2, recorded(RecordStatus.HTTP_ERROR, 5, 4)),
                        settled(3, recorded(RecordStatus.INVALID, 0, 0)),
                        settled(4, recorded(RecordStatus.REFUSED, 0, 0)),
                        settled(5, recorded(RecordStatus.FAILED, 9, 2)),
                        settled(6, new Ending.RecordedBefore()),
                        settled(7, new Ending.Unfinished("no time")),
                        settled(8, new Ending.Unfinished("no time"))),
                List.of(new QuarantineResult("q1", "why", null), new QuarantineResult("q2", "why", "refused")),
                Set.of("m", "q2"));
        List<JsonNode> lines = write(false, verdict);
        assertThat(lines)
                .extracting(line -> text(line, "event"))
                .containsExactly("quarantined", "quarantine refused", "invocation");
        JsonNode line = lines.getLast();
        assertThat(text(line, "level")).isEqualTo("WARN");
        assertThat(text(line, "requestId")).isEqualTo("request-1");
        assertThat(List.of("Ok", "HttpError", "Invalid", "Refused", "Failed", "RecordedBefore", "Quarantined"))
                .allSatisfy(name -> assertThat(number(line, name)).isEqualTo(1));
        assertThat(number(line, "Messages")).isEqualTo(7);
        assertThat(number(line, "Urls")).isEqualTo(8);
        assertThat(number(line, "Unfinished")).isEqualTo(2);
        assertThat(number(line, "Retries")).isEqualTo(4);
        assertThat(number(line, "BodyBytes")).isEqualTo(500);
        assertThat(number(line, "Duplicates")).isEqualTo(3);
        assertThat(number(line, "DuplicatesWithOtherOptions")).isEqualTo(2);
        assertThat(number(line, "ReportedBack")).isEqualTo(2);
        assertThat(number(line.field("unfinishedReasons").orElseThrow(), "no time"))
                .isEqualTo(2);
        assertThat(line.field("FetchDuration").orElseThrow().asArray()).hasSize(3);
    }

    @Test
    void rows_of_progress_that_were_not_written_are_told_as_what_they_are() {
        BatchVerdict verdict = verdict(List.of(), List.of(), Set.of());
        assertThat(write(false, verdict).getFirst().field("progressNotWritten")).isEmpty();
        BatchVerdict untold = new BatchVerdict(
                7, List.of(), List.of(), List.of(), Set.of(), 0, 0, new ProgressTable.Result(3, 2, "why"));
        JsonNode line = write(false, untold).getFirst();
        assertThat(text(line, "level")).isEqualTo("INFO");
        JsonNode told = line.field("progressNotWritten").orElseThrow();
        assertThat(number(told, "rows")).isEqualTo(2);
        assertThat(text(told, "reason")).isEqualTo("why");
    }

    @Test
    void an_invocation_without_fetches_names_no_metric_that_it_has_no_value_for() {
        JsonNode line = write(false, verdict(List.of(), List.of(), Set.of())).getFirst();
        assertThat(line.field("FetchDuration")).isEmpty();
        assertThat(line.field("_aws").orElseThrow().toString()).doesNotContain("FetchDuration");
        assertThat(text(line, "level")).isEqualTo("INFO");
    }

    @Test
    void a_flood_of_bad_messages_and_long_texts_stays_a_few_short_lines() {
        List<QuarantineResult> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new QuarantineResult("q" + i, "\u0000\n\u001b[31m" + "x".repeat(5_000), null))
                .toList();
        List<JsonNode> lines = write(false, verdict(List.of(), many, Set.of()));
        assertThat(lines).hasSize(21);
        assertThat(text(lines.getFirst(), "reason")).hasSizeLessThan(600);
    }

    @Test
    void at_debug_each_url_has_a_line() {
        List<JsonNode> lines = write(
                true,
                verdict(
                        List.of(
                                settled(1, recorded(RecordStatus.OK, 5, 1)),
                                settled(2, new Ending.RecordedBefore()),
                                settled(3, new Ending.Unfinished("no time"))),
                        List.of(),
                        Set.of()));
        assertThat(lines.subList(0, 3))
                .extracting(line -> text(line, "status"))
                .containsExactly("OK", "recorded before", "unfinished");
    }

    /// Each reason may name another number of milliseconds; the line stays one object with each field once.
    @Test
    void reasons_that_are_alike_as_far_as_they_are_shown_are_one_field() {
        String start = "x".repeat(600);
        JsonNode line = write(
                        false,
                        verdict(
                                List.of(
                                        settled(1, new Ending.Unfinished(start + "a")),
                                        settled(2, new Ending.Unfinished(start + "b"))),
                                List.of(),
                                Set.of("m")))
                .getLast();
        assertThat(line.field("unfinishedReasons").orElseThrow().asObject().values())
                .extracting(JsonNode::asNumber)
                .containsExactly("2");
    }
}
