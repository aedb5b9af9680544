package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.ContractTable.item;
import static dev.fetchline.local.stack.ContractTable.number;
import static dev.fetchline.local.stack.ContractTable.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pace.WriteFeedback;
import dev.fetchline.record.Finished;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.ResultTable;
import dev.fetchline.record.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the function itself sends, by its own code.
interface FunctionWritesContract extends TableContract {

    @Test
    default void records_are_written_in_batches_and_known_as_finished() {
        ContractTable table = table();
        SystemTime time = new SystemTime();
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), time);
        ResultTable results = results(table, time);
        RecordWriter writer = results.writer(deadline);

        List<CompletableFuture<WriteResult>> written = IntStream.range(0, 130)
                .mapToObj(at -> writer.write(record("u" + at, RecordStatus.OK, 5, 0)))
                .toList();
        assertThat(written).allMatch(each -> each.join() instanceof WriteResult.Written);
        assertThat(writer.writeUnlessDone(record("deferred", RecordStatus.RETRYING, 5, 2))
                        .join())
                .isInstanceOf(WriteResult.Written.class);

        assertThat(table.all()).hasSize(131);
        assertThat(results.finished(
                                List.of(
                                        wanted("u1", 4, 0),
                                        wanted("u2", 5, 0),
                                        wanted("u3", 6, 0),
                                        wanted("none", 1, 0),
                                        wanted("deferred", 5, 1)),
                                deadline)
                        .join())
                .isEqualTo(new Finished(
                        Set.of(new RecordKey("b", "u1"), new RecordKey("b", "u2"), new RecordKey("b", "deferred")),
                        true));
    }

    /// Each is written or not by what stands there; for the function both mean that its work is done.
    @ParameterizedTest
    @CsvSource(textBlock = """
            # first           then              stands
            OK 5 0,           OK 4 0,           OK 5 0
            OK 5 0,           FAILED 5 1,       OK 5 0
            OK 5 0,           RETRYING 5 1,     OK 5 0
            OK 5 0,           RETRYING 6 1,     RETRYING 6 1
            RETRYING 5 1,     OK 5 1,           OK 5 1
            RETRYING 5 2,     OK 5 1,           OK 5 1
            RETRYING 5 1,     RETRYING 5 2,     RETRYING 5 2
            RETRYING 5 2,     RETRYING 5 1,     RETRYING 5 2
            RETRYING 5 1,     OK 4 0,           RETRYING 5 1
            RETRYING 9 1,     RETRYING 10 1,    RETRYING 10 1
            """)
    default void of_two_records_the_one_stands_that_the_order_of_writes_says(String first, String then, String stands) {
        ContractTable table = table();
        SystemTime time = new SystemTime();
        RecordWriter writer = results(table, time).writer(Deadline.in(Duration.ofSeconds(30), time));

        for (String each : List.of(first, then)) {
            assertThat(writer.writeUnlessDone(record(each)).join()).isInstanceOf(WriteResult.Written.class);
        }

        assertThat(table.get("u")).isEqualTo(record(stands).item());
    }

    private static ResultTable results(ContractTable table, SystemTime time) {
        return new ResultTable(table.client(), table.name(), time, () -> 0.5, new WriteFeedback() {
            @Override
            public void written(int records) {}

            @Override
            public void refused() {}
        });
    }

    private static ResultTable.Wanted wanted(String url, long requestedAt, int hop) {
        return new ResultTable.Wanted(new RecordKey("b", url), requestedAt, hop);
    }

    /// Status, time of the request and deferrals so far.
    private static ResultRecord record(String words) {
        String[] parts = words.split(" ");
        return record("u", RecordStatus.valueOf(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    }

    private static ResultRecord record(String url, RecordStatus status, long requestedAt, int hop) {
        return new ResultRecord(
                new RecordKey("b", url),
                status,
                requestedAt,
                hop,
                item(url, "requestedAt", number(requestedAt), "status", text(status.name()), "hop", number(hop)));
    }
}
