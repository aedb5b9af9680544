package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final List<Long> seen = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void ends_when_the_queue_is_empty() throws InterruptedException {
        assertThat(drain(new Look(3, 0, null), new Look(1, 2, null), new Look(0, 3, null)))
                .isEmpty();
        assertThat(seen).containsExactly(0L, 2L, 3L);
        assertThat(pauses).hasSize(2).allSatisfy(pause -> assertThat(pause).isPositive());
    }

    @Test
    void ends_when_the_function_cannot_go_on() throws InterruptedException {
        assertThat(drain(new Look(3, 0, null), new Look(3, 0, "no"))).contains("no");
    }

    @Test
    void a_failure_of_one_environment_does_not_undo_an_empty_queue() throws InterruptedException {
        assertThat(drain(new Look(0, 3, "no"))).isEmpty();
    }

    private record Look(long messagesLeft, long recordCount, String failure) {}

    private Optional<String> drain(Look... looks) throws InterruptedException {
        Deque<Look> coming = new ArrayDeque<>(List.of(looks));
        RunView view = new RunView() {
            @Override
            public long messagesLeft() {
                return coming.getFirst().messagesLeft();
            }

            @Override
            public long recordCount() {
                return coming.getFirst().recordCount();
            }

            @Override
            public Optional<String> functionFailure() {
                return Optional.ofNullable(coming.removeFirst().failure());
            }
        };
        return new Drain(view, pauses::add, seen::add).await();
    }
}
