package dev.fetchline.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long FIXED_FIRST = 1;
    private static final int FIXED_SEEDS = 150;
    private static final int FRESH_SEEDS = 50;

    @Test
    void every_promise_is_kept_in_known_worlds() {
        assertHolds(FIXED_FIRST, FIXED_SEEDS);
    }

    @Test
    void every_promise_is_kept_in_fresh_worlds() {
        assertHolds(ThreadLocalRandom.current().nextLong(1, 1_000_000_000), FRESH_SEEDS);
    }

    @Test
    void the_same_seed_is_the_same_world() {
        for (long seed = 1; seed <= 10; seed++) {
            String hash = Simulation.runWithHash(seed).historyHash();
            assertThat(Simulation.runWithHash(seed).historyHash()).isEqualTo(hash);
        }
    }

    private static void assertHolds(long first, int seeds) {
        assertThat(LongStream.range(first, first + seeds)
                        .parallel()
                        .mapToObj(Simulation::run)
                        .filter(report -> !report.holds())
                        .map(report -> "%s%nReplay: ./fetchline prove simulation --seed %d%n%s"
                                .formatted(report.violations(), report.seed(), String.join("\n", report.story()))))
                .isEmpty();
    }
}
