package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.metrics.CostEstimate;
import dev.fetchline.local.metrics.FiguresText;
import dev.fetchline.local.metrics.FunctionFigures;
import dev.fetchline.local.metrics.Metric;
import dev.fetchline.local.metrics.MetricTotals;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The local side's reading of the lines that the function writes: the very lines, by the function's own code.
class LocalMetricsTest {
    @TempDir
    Path directory;

    private final ManualTime time = new ManualTime();

    @Test
    void names_units_namespace_and_dimension_are_those_of_the_function() {
        EmittedMetrics emitted = EmittedMetrics.OF_THE_FUNCTION;
        Map<String, String> local = new LinkedHashMap<>();
        Arrays.stream(Metric.values())
                .forEach(metric -> local.put(metric.metricName(), metric.unit().text()));
        assertThat(local).isEqualTo(emitted.units());
        assertThat(Metric.NAMESPACE).isEqualTo(emitted.namespace());
        assertThat(List.<Object>of(Metric.DIMENSION)).isEqualTo(emitted.dimensions());
    }

    @Test
    void each_status_is_summed_under_its_own_metric() throws IOException {
        List<Ending> endings = new ArrayList<>();
        // As many of each as its place, so that none can stand for another.
        List<RecordStatus> statuses = List.of(
                RecordStatus.OK,
                RecordStatus.HTTP_ERROR,
                RecordStatus.FAILED,
                RecordStatus.REFUSED,
                RecordStatus.INVALID);
        for (RecordStatus status : statuses) {
            for (int i = 0; i <= status.ordinal(); i++) {
                endings.add(new Ending.Recorded(status, Duration.ofMillis(10), 1, 1, 7, false));
            }
        }
        MetricTotals totals = figures(line(1, endings)).all();
        for (RecordStatus status : statuses) {
            assertThat(totals.sum(Metric.valueOf(status.name()))).isEqualTo(status.ordinal() + 1);
        }
        assertThat(totals.recorded()).isEqualTo(endings.size());
        assertThat(totals.sum(Metric.URLS)).isEqualTo(endings.size());
        assertThat(totals.sum(Metric.BODY_BYTES)).isEqualTo(7L * endings.size());
    }

    @Test
    void lines_add_up_and_durations_are_of_all_lines_together() throws IOException {
        FunctionFigures figures = figures(
                line(2, recorded(1, 90)),
                "{\"level\":\"DEBUG\",\"event\":\"settled\",\"Ok\":5}",
                "no JSON at all",
                line(3, recorded(91, 100)));
        MetricTotals totals = figures.all();
        assertThat(totals.invocations()).isEqualTo(2);
        assertThat(totals.sum(Metric.MESSAGES)).isEqualTo(5);
        assertThat(totals.sum(Metric.OK)).isEqualTo(100);
        // Two tries each: one beyond the first.
        assertThat(totals.sum(Metric.RETRIES)).isEqualTo(100);
        assertThat(totals.percentileMillis(Metric.FETCH_DURATION, 50)).isEqualTo(50);
        assertThat(totals.percentileMillis(Metric.FETCH_DURATION, 95)).isEqualTo(95);
        assertThat(totals.percentileMillis(Metric.FETCH_DURATION, 99)).isEqualTo(99);
        assertThat(figures.unreadable()).isZero();
    }

    @Test
    void what_went_back_and_what_came_again_is_counted_apart() throws IOException {
        MetricTotals totals = figures(line(
                        4,
                        List.of(
                                new Ending.Deferred("its next try is due later", true),
                                new Ending.Deferred("its next try is due later", false),
                                new Ending.Deferred("the invocation's time was over", null),
                                new Ending.RecordedBefore(),
                                new Ending.Unfinished("no"))))
                .all();
        assertThat(totals.sum(Metric.DEFERRED)).isEqualTo(3);
        assertThat(totals.sum(Metric.RETRYING_NOT_WRITTEN)).isEqualTo(1);
        assertThat(totals.sum(Metric.RECORDED_BEFORE)).isEqualTo(1);
        assertThat(totals.sum(Metric.UNFINISHED)).isEqualTo(1);
        assertThat(totals.sum(Metric.QUARANTINED)).isEqualTo(1);
        assertThat(totals.sum(Metric.REPORTED_BACK)).isEqualTo(1);
        assertThat(totals.percentileMillis(Metric.FETCH_DURATION, 99)).isZero();
    }

    @Test
    void a_line_that_is_still_being_written_is_read_when_it_is_whole() throws IOException {
        String line = line(1, recorded(1, 3)) + "\n";
        Path log = directory.resolve("function.log");
        FunctionFigures figures = new FunctionFigures(log);
        assertThat(figures.read().all().invocations()).isZero();
        Files.writeString(log, line.substring(0, 100));
        assertThat(figures.read().all().invocations()).isZero();
        Files.writeString(log, line.substring(100), StandardOpenOption.APPEND);
        assertThat(figures.read().all().sum(Metric.OK)).isEqualTo(3);
        assertThat(figures.takeRecent().sum(Metric.OK)).isEqualTo(3);
        Files.writeString(log, line, StandardOpenOption.APPEND);
        assertThat(figures.read().all().sum(Metric.OK)).isEqualTo(6);
        assertThat(figures.takeRecent().sum(Metric.OK)).isEqualTo(3);
        assertThat(figures.logBytes()).isEqualTo(Files.size(log));
    }

    @Test
    void a_torn_line_is_counted_and_a_huge_one_passed_over() throws IOException {
        String line = line(1, recorded(1, 3));
        FunctionFigures figures = figures(line.substring(0, line.length() - 20), "x".repeat(3 << 20), line);
        assertThat(figures.unreadable()).isEqualTo(1);
        assertThat(figures.all().sum(Metric.OK)).isEqualTo(3);
    }

    @Test
    void the_cost_is_what_the_dashboards_formulas_come_to() {
        CostEstimate.Usage usage = new CostEstimate.Usage(1300, 17, 98_765, 43, 1024, 400, 500, 390, 31, 123_456_789);
        CostEstimate local = CostEstimate.of(usage, Prices.read(CheckedTemplate.ROOT.resolve("docs/prices.json")));
        List<Double> dashboard = MetricMath.ofTheCostEstimate(Map.ofEntries(
                Map.entry("written", usage.written()),
                Map.entry("read", usage.read()),
                Map.entry("duration", (double) usage.durationMs()),
                Map.entry("invocations", (double) usage.invocations()),
                Map.entry("MemorySize", (double) usage.memoryMb()),
                Map.entry("sent", (double) usage.sent()),
                Map.entry("received", (double) usage.received()),
                Map.entry("deleted", (double) usage.deleted()),
                Map.entry("empty", (double) usage.empty()),
                Map.entry("logged", (double) usage.logged())));
        assertThat(dashboard).hasSize(6);
        List<Double> ours = List.of(
                local.writes(), local.reads(), local.lambda(), local.queue(), local.logs(), local.metricsAnHour());
        for (int i = 0; i < 6; i++) {
            assertThat(ours.get(i)).isPositive().isCloseTo(dashboard.get(i), within(1e-12));
        }
    }

    @Test
    void a_person_reads_a_few_lines() throws IOException {
        FunctionFigures figures = figures(line(2, recorded(1, 90)), line(3, recorded(91, 100)));
        CostEstimate cost = CostEstimate.of(
                CostEstimate.Usage.of(figures.all(), 2, 1024, figures.logBytes()),
                Prices.read(CheckedTemplate.ROOT.resolve("docs/prices.json")));
        assertThat(FiguresText.lines(figures.all(), cost))
                .startsWith(
                        "URLs/s     100.0 OK (100)",
                        "one fetch  p50 50 ms, p95 95 ms, p99 99 ms",
                        "retries    100, deferrals 0, refused 0",
                        "bytes      0 decoded")
                .last()
                .asString()
                .isEqualTo("look at    Quarantined 2, ReportedBack 2 (docs/operations.md says what they mean)");
        // 100 records of two units; five messages less two; two invocations of half a second and of one GB.
        assertThat(cost.writes()).isCloseTo(200 * 0.000000625, within(1e-12));
        assertThat(cost.queue()).isCloseTo((3 + 5 + 3) / 10.0 * 0.0000004, within(1e-12));
        assertThat(cost.lambda()).isCloseTo(0.0000133334 + 2 * 0.0000002, within(1e-12));
    }

    private FunctionFigures figures(String... lines) throws IOException {
        Path log = directory.resolve("function.log");
        Files.write(log, List.of(lines));
        return new FunctionFigures(log).read();
    }

    /// Two tries each, of `from` to `to` milliseconds.
    private static List<Ending> recorded(int from, int to) {
        List<Ending> endings = new ArrayList<>();
        for (int ms = from; ms <= to; ms++) {
            endings.add(new Ending.Recorded(RecordStatus.OK, Duration.ofMillis(ms), 2, 2, 0, false));
        }
        return endings;
    }

    /// Of an invocation of half a second, one message of which was quarantined and one is reported back.
    private String line(int messages, List<Ending> endings) {
        time.advance(Duration.ofMillis(500));
        List<Settled> settled = new ArrayList<>();
        for (Ending ending : endings) {
            settled.add(new Settled(new RecordKey("b", "http://example.com/" + settled.size()), Set.of("m"), ending));
        }
        return EmittedMetrics.line(
                new BatchVerdict(
                        messages,
                        settled,
                        List.of(new QuarantineResult("q", "body: found nothing", null)),
                        List.of(),
                        Set.of("m"),
                        0,
                        0),
                Duration.ofMillis(500),
                time);
    }
}
