package dev.fetchline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.fuzz.Fuzzer.Limit;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every target with the seed that is always the same, then with a fresh one. `-Dfetchline.seed=` sets
/// the fresh one;
/// `./fetchline prove fuzz` runs longer.
class FuzzTest {
    private static final long INPUTS = 100_000;
    private static final long FRESH_INPUTS = 10_000;
    private static final double LINES_PERCENT_MIN = 90;

    @ParameterizedTest
    @EnumSource
    void promises_are_kept_for_a_hundred_thousand_inputs(Subject subject) throws InterruptedException {
        FuzzReport report = Fuzzer.run(subject, 1, Limit.ofInputs(INPUTS));
        print(report);
        report.coverage().missed().forEach(lines -> System.out.println("  not reached: " + lines));
        assertThat(report.findings()).isEmpty();
        assertThat(report.inputs()).isEqualTo(INPUTS);
        assertThat(report.coverage().percent()).isGreaterThanOrEqualTo(LINES_PERCENT_MIN);
    }

    @ParameterizedTest
    @EnumSource
    void and_for_fresh_ones(Subject subject) throws InterruptedException {
        long seed = Long.getLong("fetchline.seed", new Random().nextLong());
        FuzzReport report = Fuzzer.run(subject, seed, Limit.ofInputs(FRESH_INPUTS));
        print(report);
        assertThat(report.findings()).isEmpty();
    }

    private static void print(FuzzReport report) {
        System.out.println("FuzzTest: " + report);
    }
}
