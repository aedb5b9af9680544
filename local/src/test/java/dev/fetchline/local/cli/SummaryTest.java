package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.Records;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
    @ParameterizedTest
    @CsvSource({"50,50", "95,95", "99,99", "100,100", "1,1"})
    void percentiles_of_a_hundred(int percent, long expected) {
        assertThat(ofDurations(LongStream.rangeClosed(1, 100).boxed().toList().reversed())
                        .percentileMs(percent))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"50,2", "95,3", "100,3"})
    void percentiles_of_three(int percent, long expected) {
        assertThat(ofDurations(List.of(3L, 1L, 2L)).percentileMs(percent)).isEqualTo(expected);
    }

    @Test
    void percentiles_of_one_and_of_none() {
        assertThat(ofDurations(List.of(7L)).percentileMs(50)).isEqualTo(7);
        assertThat(ofDurations(List.of()).percentileMs(95)).isZero();
    }

    @Test
    void fetches_side_by_side_span_as_long_as_the_longest() {
        assertThat(Summary.spanOf(List.of(
                        Records.ok("http://1", "2026-01-01T00:00:01.000Z", 1000),
                        Records.ok("http://2", "2026-01-01T00:00:01.100Z", 1050),
                        Records.ok("http://3", "2026-01-01T00:00:01.020Z", 1010))))
                .isEqualTo(Duration.ofMillis(1100));
    }

    @Test
    void fetches_one_after_the_other_span_their_sum() {
        assertThat(Summary.spanOf(List.of(
                        Records.ok("http://1", "2026-01-01T00:00:01Z", 1000),
                        Records.ok("http://2", "2026-01-01T00:00:02Z", 1000))))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void records_without_a_fetch_span_nothing() {
        assertThat(Summary.spanOf(List.of(Records.of("b", "http://a/", "REFUSED"))))
                .isZero();
        assertThat(Summary.of(List.of()).lines()).first().isEqualTo("records    0");
    }

    @Test
    void everything_is_counted() {
        Summary summary = Summary.of(List.of(
                Records.ok("http://1", "2026-01-01T00:00:01Z", 1000),
                Records.ok("http://2", "2026-01-01T00:00:02Z", 1000),
                Records.of("b", "http://3", "REFUSED")));
        assertThat(summary.byStatus()).isEqualTo(Map.of("OK", 2L, "REFUSED", 1L));
        assertThat(summary.lines())
                .containsExactly(
                        "records    3 (2 OK, 1 REFUSED)",
                        "time       2.0 s from the first fetch's start to the last one's end, 1.0 URLs/s",
                        "durations  p50 1,000 ms, p95 1,000 ms, max 1,000 ms",
                        "attempts   4",
                        "bytes      24,690 decoded");
    }

    private static Summary ofDurations(List<Long> durationsMs) {
        return new Summary(Map.of(), Duration.ZERO, durationsMs, 0, 0);
    }
}
