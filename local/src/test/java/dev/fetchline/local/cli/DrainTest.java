package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final QueueCounts EMPTY = new QueueCounts(0, 0, 0);
    private static final QueueCounts BUSY = new QueueCounts(1, 2, 0);
    private static final QueueCounts DELAYED = new QueueCounts(0, 1, 2);

    private final List<RunLook> seen = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void ends_when_the_queue_is_empty() throws InterruptedException {
        assertThat(drain(new Look(BUSY, 0, 0, null), new Look(BUSY, 2, 0, null), new Look(EMPTY, 3, 0, null)))
                .isEmpty();
        assertThat(seen).extracting(RunLook::finalRecords).containsExactly(0L, 2L, 3L);
        assertThat(pauses).hasSize(2).allSatisfy(pause -> assertThat(pause).isPositive());
    }

    @Test
    void does_not_end_while_messages_are_delayed() throws InterruptedException {
        QueueCounts onlyDelayed = new QueueCounts(0, 0, 1);
        assertThat(drain(new Look(onlyDelayed, 1, 1, null), new Look(EMPTY, 1, 0, null)))
                .isEmpty();
        assertThat(seen).extracting(RunLook::onlyWaits).containsExactly(true, false);
    }

    @Test
    void ends_when_the_function_cannot_go_on() throws InterruptedException {
        assertThat(drain(new Look(BUSY, 0, 0, null), new Look(BUSY, 0, 0, "no")))
                .contains("no");
    }

    @Test
    void a_failure_of_one_environment_does_not_undo_an_empty_queue() throws InterruptedException {
        assertThat(drain(new Look(EMPTY, 3, 0, "no"))).isEmpty();
    }

    @Test
    void records_that_are_not_final_do_not_count() throws InterruptedException {
        var _ = drain(new Look(DELAYED, 5, 2, null), new Look(EMPTY, 5, 0, null));
        assertThat(seen).extracting(RunLook::finalRecords).containsExactly(3L, 5L);
        assertThat(seen).extracting(look -> look.retrying().count()).containsExactly(2L, 0L);
    }

    private record Look(QueueCounts queue, long recordCount, long retrying, String failure) {}

    private Optional<String> drain(Look... looks) throws InterruptedException {
        Deque<Look> coming = new ArrayDeque<>(List.of(looks));
        RunView view = new RunView() {
            @Override
            public QueueCounts queue() {
                return coming.getFirst().queue();
            }

            @Override
            public long recordCount() {
                return coming.getFirst().recordCount();
            }

            @Override
            public RetryingRecords retrying() {
                return new RetryingRecords(coming.getFirst().retrying(), null);
            }

            @Override
            public Optional<String> functionFailure() {
                return Optional.ofNullable(coming.removeFirst().failure());
            }
        };
        return new Drain(view, pauses::add, seen::add).await();
    }
}
