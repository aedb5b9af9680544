package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is told of results that are made up.
class BenchReportTest {
    private final Work plain = Works.named("plain", false);
    private final Program fetchline = program("fetchline");
    private final Program aiohttp = program("aiohttp");
    private final Results results = new Results(List.of(plain), List.of(fetchline, aiohttp, program("bare")), 3);

    private static Program program(String name) {
        return new Program(name, "1.0", Path.of("."), false, (_, _) -> List.of());
    }

    private void sample(Program program, double... early) {
        for (double each : early) {
            results.add(plain, program, Map.of(Measure.EARLY_CPU, each, Measure.RECORD_BYTES, 970.0));
        }
    }

    @Test
    void medians_stand_beside_their_ratios() {
        sample(fetchline, 150, 90, 100);
        sample(aiohttp, 400, 300);
        assertThat(new BenchReport(results).lines())
                .contains(
                        "Medians of 3 rounds; in brackets how many times that of aiohttp and of bare it is.",
                        "plain: 1 KB, keep-alive; 40,000 URLs in events of 1,000; in flight 128, per host 128; early"
                                + " 2,000 to 12,000; steady 20,000 to 40,000; no bodies stored",
                        "  program     early µs/URL  record bytes",
                        "  fetchline  100 (0.29, -)           970",
                        "  aiohttp    350 (1.00, -)           970",
                        "  target: early µs/URL at most 0.50 x aiohttp: met (0.29)");
        assertThat(results.whole()).isTrue();
    }

    @Test
    void a_target_that_is_missed_says_by_how_much() {
        sample(fetchline, 200);
        sample(aiohttp, 200);
        assertThat(new BenchReport(results).lines())
                .contains("  target: early µs/URL at most 0.50 x aiohttp: not met (1.00)")
                .as("there is no bare to hold it against")
                .noneMatch(line -> line.contains("x bare: "));
    }

    @Test
    void a_run_that_was_not_whole_makes_the_results_so() {
        sample(fetchline, 200);
        results.fault("a URL was not fetched");
        assertThat(results.whole()).isFalse();
        assertThat(new Results(List.of(plain), List.of(), 1).whole())
                .as("nothing ran")
                .isFalse();
    }

    @Test
    void the_line_of_a_work_says_who_stores_bodies_in_it() {
        Program bodies = new Program("fetchline-bodies", "1.0", Path.of("."), true, (_, _) -> List.of());
        Results with = new Results(List.of(plain), List.of(fetchline, bodies), 1);
        with.add(plain, bodies, Map.of(Measure.EARLY_CPU, 120.0));
        assertThat(new BenchReport(with).lines())
                .anyMatch(line -> line.endsWith("no bodies stored, but by fetchline-bodies"));
    }

    @Test
    void the_picture_has_a_bar_for_each_figure() {
        sample(fetchline, 100);
        sample(aiohttp, 400);
        assertThat(new Picture(results.byWork()).svg())
                .contains(">plain, early, CPU µs a URL</text>", ">fetchline</text>", ">400</text>")
                .containsPattern("width=\"116\" height=\"16\" fill=\"#1f6feb\"")
                .containsPattern("width=\"464\" height=\"16\" fill=\"#e3a008\"")
                .doesNotContain("steady");
    }
}
