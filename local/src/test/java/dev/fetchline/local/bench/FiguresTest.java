package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The arithmetic, on marks whose figures are known.
class FiguresTest {
    private static final Offset<Double> EXACT = Offset.offset(1e-9);
    private static final long MS = 1_000_000;

    @Test
    void median_is_the_middle_or_the_mean_of_the_two_in_the_middle() {
        assertThat(Figures.median(List.of(3.0, 1.0, 100.0))).isEqualTo(3.0);
        assertThat(Figures.median(List.of(4.0, 1.0, 100.0, 2.0))).isEqualTo(3.0);
        assertThat(Figures.median(List.of(7.0))).isEqualTo(7.0);
    }

    @Test
    void percentile_is_the_nearest_rank() {
        long[] hundred = LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray();
        assertThat(Figures.percentile(hundred, 0.99)).isEqualTo(99);
        assertThat(Figures.percentile(hundred, 1)).isEqualTo(100);
        assertThat(Figures.percentile(new long[] {5}, 0.99)).isEqualTo(5);
        assertThat(Figures.percentile(new long[] {5, 9}, 0.5)).isEqualTo(5);
    }

    @Test
    void cpu_of_a_url_is_a_slope_so_the_start_is_not_in_it() {
        List<Mark> marks = List.of(mark(2_000, 5_000_000), mark(7_000, 5_700_000), mark(12_000, 6_200_000));
        assertThat(Figures.cpuPerUrl(marks, new Window(2_000, 12_000))).isEqualTo(120, EXACT);
        assertThatThrownBy(() -> Figures.cpuPerUrl(marks, new Window(2_000, 3_000)))
                .hasMessage("no event ends at 3000 URLs");
    }

    @Test
    void ideal_time_counts_whole_rounds_of_each_event() {
        // 10,000 URLs in 500 places are 20 rounds of 200 ms, three times.
        assertThat(Figures.idealMillis(Works.named("wait", false))).isEqualTo(12_000, EXACT);
    }

    @Test
    void cold_counts_from_the_start_of_the_process_and_wall_from_the_first_event() {
        Work cold = Works.named("cold", false);
        Mark only = new Mark(300, 1_500 * MS, 2_500 * MS, new ProcessReading(800_000, 100 << 10, 200 << 10));
        Map<Measure, Double> figures = Figures.of(cold, 500 * MS, List.of(only), ledger(cold));
        assertThat(figures)
                .containsEntry(Measure.COLD_CPU, 800.0)
                .containsEntry(Measure.COLD_WALL, 2_000.0)
                .containsEntry(Measure.WALL, 1_000.0)
                .containsEntry(Measure.RSS_MAX, 200.0)
                .doesNotContainKey(Measure.EARLY_CPU);
    }

    @Test
    void stragglers_are_held_against_the_event_before_them() {
        Work work = Works.named("stragglers", true);
        Ledger ledger = ledger(work);
        // Each event is handed out at its number of seconds; records come after 400 ms, in the last after 500 ms, and
        // those of the stragglers, one of a hundred, after 10.5 s.
        for (int number = 0; number < work.urls(); number++) {
            long handedOut = number / 1_000 * 1_000L * MS;
            long after = number < 2_000 ? 400 : work.delayMillis(number) == Work.STRAGGLER_MILLIS ? 10_500 : 500;
            ledger.recorded(TestRows.of(work, number), handedOut + after * MS);
        }
        List<Mark> marks = List.of(
                new Mark(1_000, 0, 450 * MS, new ProcessReading(0, 0, 0)),
                new Mark(2_000, 1_000 * MS, 1_450 * MS, new ProcessReading(0, 0, 0)),
                new Mark(3_000, 2_000 * MS, 12_600 * MS, new ProcessReading(0, 0, 0)));
        assertThat(Figures.of(work, 0, marks, ledger))
                .containsEntry(Measure.P99_BASE, 400.0)
                .containsEntry(Measure.P99, 500.0)
                .containsEntry(Measure.P99_RATIO, 1.25)
                .containsEntry(Measure.RETURNED, 10_600.0)
                .containsEntry(Measure.RETURNED_RATIO, 1.5);
    }

    @Test
    void every_window_of_every_work_lies_on_ends_of_events() {
        for (String name : Works.NAMES) {
            for (boolean quick : List.of(true, false)) {
                Work work = Works.named(name, quick);
                List<Mark> marks = new java.util.ArrayList<>();
                int done = 0;
                for (int urls : work.events()) {
                    done += urls;
                    marks.add(new Mark(done, 0, 1, new ProcessReading(done, 1, 1)));
                }
                assertThat(Figures.of(work, 0, marks, ledger(work)))
                        .as("%s, quick %s", name, quick)
                        .containsKey(Measure.WALL);
            }
        }
    }

    private static Ledger ledger(Work work) {
        return new Ledger(new Pages(work.bodyBytes(), work.tls()), work.urls());
    }

    private static Mark mark(int urls, long cpuMicros) {
        return new Mark(urls, 0, 0, new ProcessReading(cpuMicros, 0, 0));
    }
}
