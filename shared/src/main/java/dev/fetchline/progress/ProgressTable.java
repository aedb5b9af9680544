package dev.fetchline.progress;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table of batches, as far as the function writes it: rows of progress, best effort. A row that is lost makes
/// nobody count wrong, for the sums of its keys are missing with it; so one call is made, and what it does not write is
/// told and left.
public final class ProgressTable {
    /// An invocation with its work done does not wait for it any longer.
    static final Duration TIME_MAX = Duration.ofSeconds(2);

    private final DynamoDbAsyncClient client;
    private final @Nullable String table;
    private final Time time;

    /// The table named `table`.
    ///
    /// @param table null for none: then nothing is written
    public ProgressTable(DynamoDbAsyncClient client, @Nullable String table, Time time) {
        this.client = client;
        this.table = table;
        this.time = time;
    }

    /// What became of an invocation's rows.
    ///
    /// @param rows that there were to write
    /// @param notWritten those of them that the table may not have
    /// @param reason for the log; null where all were written
    public record Result(int rows, int notWritten, @Nullable String reason) {
        /// Nothing was to be written.
        public static final Result NONE = new Result(0, 0, null);
    }

    /// Writes the rows of one invocation. The future never fails, and completes by `deadline`, or two seconds later
    /// at most.
    ///
    /// @param rows made only where there is a table; [ProgressTally#ROWS_MAX] at most
    /// @param invocation its id
    public CompletableFuture<Result> write(Supplier<List<ProgressRow>> rows, String invocation, Deadline deadline) {
        if (table == null) {
            return CompletableFuture.completedFuture(Result.NONE);
        }
        List<WriteRequest> writes = new ArrayList<>();
        try {
            for (ProgressRow row : rows.get()) {
                writes.add(put(row.item(time.now(), invocation)));
            }
            if (writes.isEmpty()) {
                return CompletableFuture.completedFuture(Result.NONE);
            }
            if (deadline.passed()) {
                return CompletableFuture.completedFuture(new Result(writes.size(), writes.size(), "no time was left"));
            }
            return Deadline.in(deadline.cap(TIME_MAX), time)
                    .cut(client.batchWriteItem(BatchWriteItemRequest.builder()
                            .requestItems(Map.of(table, writes))
                            .build()))
                    .handle((response, failure) -> result(writes.size(), response, failure));
        } catch (RuntimeException fault) {
            return CompletableFuture.completedFuture(
                    new Result(writes.size(), writes.size(), CallFault.describe(fault)));
        }
    }

    private Result result(int rows, @Nullable BatchWriteItemResponse response, @Nullable Throwable failure) {
        if (response == null) {
            return new Result(rows, rows, failure == null ? "no answer" : CallFault.describe(failure));
        }
        int unprocessed =
                response.unprocessedItems().getOrDefault(table, List.of()).size();
        return new Result(rows, unprocessed, unprocessed == 0 ? null : "the table left them unprocessed");
    }

    private static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build();
    }
}
