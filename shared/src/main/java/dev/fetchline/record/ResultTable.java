package dev.fetchline.record;

import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pace.WriteFeedback;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/// The table of results.
public final class ResultTable {
    private final DynamoDbAsyncClient client;
    private final String table;
    private final Time time;
    private final Backoff backoff;
    private final WriteFeedback feedback;

    /// The table named `table`.
    ///
    /// @param random draws from 0 (inclusive) to 1 (exclusive), for the jitter of retries
    /// @param feedback is told how the table bears the writes
    public ResultTable(
            DynamoDbAsyncClient client, String table, Time time, DoubleSupplier random, WriteFeedback feedback) {
        this.client = client;
        this.table = table;
        this.time = time;
        this.backoff = Backoff.betweenCalls(random);
        this.feedback = feedback;
    }

    /// A writer for one invocation.
    ///
    /// @param deadline after which no write starts
    public RecordWriter writer(Deadline deadline) {
        return new RecordWriter(new WriteCalls(client, table, time, backoff, feedback, deadline));
    }

    /// Those keys whose work is done: they have a final record which is not older than the request, or a RETRYING one
    /// that says that a deferral took over. A key that could not be read is not among them, and so is worked on.
    ///
    /// @param wanted each key once
    public CompletableFuture<Finished> finished(Collection<Wanted> wanted, Deadline deadline) {
        return new FinishedRecords(client, table, time, backoff, deadline).among(wanted);
    }

    /// A key to ask for.
    ///
    /// @param requestedAt the time of its request, epoch milliseconds
    /// @param hop how often its item was deferred so far
    public record Wanted(RecordKey key, long requestedAt, int hop) {}
}
