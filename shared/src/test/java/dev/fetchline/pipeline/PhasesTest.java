package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhasesTest {
    private final ManualTime time = new ManualTime();

    private Phases of(Duration all, Duration sending) {
        return Phases.of(Deadline.in(all, time), sending);
    }

    @Test
    void the_margin_grows_with_what_is_to_be_sent() {
        Phases few = of(Duration.ofSeconds(119), Duration.ZERO);
        Phases many = of(Duration.ofSeconds(119), Duration.ofSeconds(10));
        assertThat(few.fetching().remaining()).isEqualTo(Duration.ofSeconds(112));
        assertThat(few.writing().remaining()).isEqualTo(Duration.ofSeconds(116));
        assertThat(many.fetching().remaining()).isEqualTo(Duration.ofSeconds(102));
        assertThat(many.writing().remaining()).isEqualTo(Duration.ofSeconds(106));
        assertThat(many.all().remaining()).isEqualTo(Duration.ofSeconds(119));
    }

    @ParameterizedTest
    @CsvSource({"119000, 0", "119000, 500000", "8000, 0", "1000, 0", "10, 5000", "1, 0"})
    void the_phases_end_one_after_the_other(long allMs, long sendingMs) {
        Phases phases = of(Duration.ofMillis(allMs), Duration.ofMillis(sendingMs));
        assertThat(phases.fetching().remaining()).isPositive();
        assertThat(phases.writing().remaining())
                .isGreaterThan(phases.fetching().remaining())
                .isLessThan(phases.all().remaining());
    }

    @Test
    void an_invocation_whose_time_is_over_does_nothing_more() {
        Phases phases = of(Duration.ofMillis(-5), Duration.ZERO);
        assertThat(phases.fetching().passed()).isTrue();
        assertThat(phases.writing().passed()).isTrue();
    }
}
