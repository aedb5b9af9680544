package dev.fetchline.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.progress.ProgressRow.Counts;
import dev.fetchline.progress.ProgressTable.Result;
import dev.fetchline.testing.ManualTime;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProgressTableTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();
    private final ProgressTable table = new ProgressTable(aws.dynamoDb(), "batches", time);

    @AfterEach
    void stop() {
        aws.close();
    }

    private static List<ProgressRow> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ProgressRow("f" + i, Counts.NONE, List.of(), 1, null, List.of(), 0, 0))
                .toList();
    }

    private Result write(List<ProgressRow> rows) {
        return table.write(() -> rows, "request", Deadline.in(PLENTY, time)).join();
    }

    @Test
    void all_rows_go_in_one_call() {
        assertThat(write(rows(8))).isEqualTo(new Result(8, 0, null));
        assertThat(aws.calls()).containsExactly("BatchWriteItem");
        assertThat(aws.rows())
                .extracting(row -> row.field("batchId")
                        .orElseThrow()
                        .field("S")
                        .orElseThrow()
                        .text())
                .containsExactly("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7");
    }

    @Test
    void without_rows_there_is_no_call() {
        assertThat(write(List.of())).isEqualTo(Result.NONE);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void without_a_table_nothing_is_even_counted() {
        ProgressTable none = new ProgressTable(aws.dynamoDb(), null, time);
        assertThat(none.write(
                                () -> {
                                    throw new AssertionError("asked for rows");
                                },
                                "request",
                                Deadline.in(PLENTY, time))
                        .join())
                .isEqualTo(Result.NONE);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void what_the_table_leaves_is_told_and_not_tried_again() {
        aws.fault("BatchWriteItem", 1, Answer.HALF_UNPROCESSED);
        assertThat(write(rows(4))).isEqualTo(new Result(4, 2, "the table left them unprocessed"));
        assertThat(aws.calls()).containsExactly("BatchWriteItem");
        assertThat(aws.rows()).hasSize(2);
    }

    @Test
    void a_table_that_refuses_is_told_and_not_asked_again() {
        aws.fault("BatchWriteItem", 5, Answer.error(400, "ResourceNotFoundException"));
        Result result = write(rows(2));
        assertThat(result.notWritten()).isEqualTo(2);
        assertThat(result.reason()).startsWith("ResourceNotFoundException");
        assertThat(aws.calls()).containsExactly("BatchWriteItem");
    }

    @Test
    void a_fault_of_our_own_is_told_like_any_other() {
        Result result = table.write(
                        () -> {
                            throw new IllegalStateException("ours");
                        },
                        "request",
                        Deadline.in(PLENTY, time))
                .join();
        assertThat(result.reason()).isEqualTo("IllegalStateException: ours");
    }

    @Test
    void after_the_deadline_nothing_is_written() {
        Result result = table.write(() -> rows(3), "request", Deadline.in(Duration.ZERO, time))
                .join();
        assertThat(result).isEqualTo(new Result(3, 3, "no time was left"));
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void a_table_that_does_not_answer_is_waited_for_two_seconds_and_never_past_the_deadline() {
        aws.fault("BatchWriteItem", 9, Answer.NONE);
        assertThat(timeOfGivingUp(PLENTY)).isEqualTo(Duration.ofSeconds(2));
        assertThat(timeOfGivingUp(Duration.ofMillis(300))).isEqualTo(Duration.ofMillis(300));
    }

    private Duration timeOfGivingUp(Duration left) {
        ManualTime still = new ManualTime();
        CompletableFuture<Result> written = new ProgressTable(aws.dynamoDb(), "batches", still)
                .write(() -> rows(1), "request", Deadline.in(left, still));
        while (!written.isDone()) {
            still.advance(Duration.ofMillis(50));
        }
        assertThat(written.join().notWritten()).isEqualTo(1);
        return Duration.ofNanos(still.nanoTime());
    }
}
