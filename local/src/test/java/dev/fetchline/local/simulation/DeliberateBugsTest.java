package dev.fetchline.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Proves the checker: each mistake is noticed within the seeds that `./fetchline prove simulation` runs by default. A
/// simulator that stops noticing fails here.
class DeliberateBugsTest {
    private static final int SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource(DeliberateBug.class)
    void is_noticed(DeliberateBug bug) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Simulation.Report report = Simulation.run(seed, bug, false);
            if (!report.holds()) {
                System.out.printf(
                        "DeliberateBugsTest: %s noticed at seed %d: %s%n",
                        bug, seed, report.violations().getFirst().invariant());
                assertThat(report.violations().getFirst().invariant()).isEqualTo(bug.breaks());
                assertThat(report.story()).isNotEmpty();
                return;
            }
        }
        assertThat(bug).as("noticed within %d seeds", SEEDS).isNull();
    }
}
