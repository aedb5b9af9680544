package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.ContractTable.item;
import static dev.fetchline.local.stack.ContractTable.number;
import static dev.fetchline.local.stack.ContractTable.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.ResultTable;
import dev.fetchline.record.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the function itself sends, by its own code.
interface FunctionWritesContract extends TableContract {

    @Test
    default void records_are_written_in_batches_and_known_as_finished() {
        ContractTable table = table();
        SystemTime time = new SystemTime();
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), time);
        ResultTable results = new ResultTable(table.client(), table.name(), time, () -> 0.5);
        RecordWriter writer = results.writer(deadline);

        List<CompletableFuture<WriteResult>> written = IntStream.range(0, 130)
                .mapToObj(at -> writer.write(record("u" + at, 5)))
                .toList();

        assertThat(written).allMatch(each -> each.join() instanceof WriteResult.Written);
        assertThat(table.all()).hasSize(130);
        assertThat(results.finished(
                                List.of(wanted("u1", 4), wanted("u2", 5), wanted("u3", 6), wanted("none", 1)), deadline)
                        .join())
                .containsExactlyInAnyOrder(new RecordKey("b", "u1"), new RecordKey("b", "u2"));
    }

    @Test
    default void a_record_of_a_redelivery_replaces_an_older_request_s_and_no_other() {
        ContractTable table = table();
        SystemTime time = new SystemTime();
        RecordWriter writer = new ResultTable(table.client(), table.name(), time, () -> 0.5)
                .writer(Deadline.in(Duration.ofSeconds(30), time));

        for (long requestedAt : List.of(5L, 4L, 5L, 6L)) {
            assertThat(writer.writeUnlessDone(record("u", requestedAt)).join()).isInstanceOf(WriteResult.Written.class);
        }

        assertThat(table.get("u").get("requestedAt")).isEqualTo(number(6));
    }

    private static ResultTable.Wanted wanted(String url, long requestedAt) {
        return new ResultTable.Wanted(new RecordKey("b", url), requestedAt);
    }

    private static ResultRecord record(String url, long requestedAt) {
        return new ResultRecord(
                new RecordKey("b", url),
                RecordStatus.OK,
                requestedAt,
                item(url, "requestedAt", number(requestedAt), "status", text("OK")));
    }
}
