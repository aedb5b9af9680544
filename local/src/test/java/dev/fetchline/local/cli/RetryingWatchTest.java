package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryingWatchTest {
    private static final QueueCounts EMPTY = new QueueCounts(0, 0, 0);
    private static final QueueCounts BUSY = new QueueCounts(1, 2, 0);
    private static final QueueCounts DELAYED = new QueueCounts(0, 1, 2);
    private static final QueueCounts ONLY_DELAYED = new QueueCounts(0, 0, 2);
    private static final Duration READING = Duration.ofSeconds(2);

    private long nanos = -Duration.ofDays(1).toNanos();
    private long inTable;
    private int readings;
    private final RetryingWatch watch = new RetryingWatch(new Table(), () -> nanos);

    @Test
    void the_table_is_not_read_while_nothing_was_deferred() {
        inTable = 1;
        watch.look(BUSY, 5);
        watch.look(EMPTY, 5);
        assertThat(readings).isZero();
    }

    @Test
    void records_that_are_not_final_do_not_count() {
        inTable = 2;
        assertThat(watch.look(DELAYED, 5)).isEqualTo(look(DELAYED, 5, 2, true));
        assertThat(watch.look(DELAYED, 5).finalRecords()).isEqualTo(3);
    }

    @Test
    void a_record_counts_as_not_final_also_while_its_deferral_is_worked_on() {
        inTable = 1;
        watch.look(DELAYED, 5);
        assertThat(watch.look(BUSY, 5).finalRecords()).isEqualTo(4);
        inTable = 0;
        assertThat(watch.look(EMPTY, 5).finalRecords()).isEqualTo(5);
    }

    @Test
    void a_record_whose_deferral_went_to_the_dead_letter_queue_stays_not_final() {
        inTable = 1;
        watch.look(DELAYED, 5);
        assertThat(watch.look(EMPTY, 5).finalRecords()).isEqualTo(4);
    }

    @Test
    void beside_other_work_reading_takes_a_tenth_of_the_time() {
        inTable = 1;
        watch.look(DELAYED, 5);
        inTable = 3;
        pass(Duration.ofSeconds(17));
        assertThat(watch.look(DELAYED, 9)).isEqualTo(look(DELAYED, 9, 1, false));
        pass(Duration.ofSeconds(1));
        assertThat(watch.look(DELAYED, 9)).isEqualTo(look(DELAYED, 9, 3, true));
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void when_all_begin_to_wait_the_table_is_read_soon() {
        watch.look(DELAYED, 5);
        inTable = 3;
        pass(Duration.ofSeconds(1));
        assertThat(watch.look(ONLY_DELAYED, 5).isRetryingCurrent()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(watch.look(ONLY_DELAYED, 5)).isEqualTo(look(ONLY_DELAYED, 5, 3, true));
    }

    @Test
    void while_all_wait_and_nothing_changes_the_table_is_read_once_a_minute() {
        inTable = 3;
        watch.look(ONLY_DELAYED, 5);
        for (int second = 0; second < 60; second++) {
            assertThat(watch.look(ONLY_DELAYED, 5)).isEqualTo(look(ONLY_DELAYED, 5, 3, true));
            pass(Duration.ofSeconds(1));
        }
        assertThat(readings).isEqualTo(1);
        watch.look(ONLY_DELAYED, 5);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void a_record_more_is_a_change() {
        watch.look(ONLY_DELAYED, 5);
        pass(READING);
        watch.look(ONLY_DELAYED, 6);
        assertThat(readings).isEqualTo(2);
    }

    private void pass(Duration duration) {
        nanos += duration.toNanos();
    }

    private static RunLook look(QueueCounts queue, long records, long retrying, boolean isCurrent) {
        return new RunLook(queue, records, new RetryingRecords(retrying, null), isCurrent);
    }

    private final class Table implements RunView {
        @Override
        public QueueCounts queue() {
            throw new AssertionError("the watch is told");
        }

        @Override
        public long recordCount() {
            throw new AssertionError("the watch is told");
        }

        @Override
        public RetryingRecords retrying() {
            readings++;
            pass(READING);
            return new RetryingRecords(inTable, null);
        }

        @Override
        public Optional<String> functionFailure() {
            return Optional.empty();
        }
    }
}
