package dev.fetchline.record;

import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/// The table of results.
public final class ResultTable {
    /// Between two tries of a call that the table could not serve.
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(50);

    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    private final DynamoDbAsyncClient client;
    private final String table;
    private final Time time;
    private final Backoff backoff;

    /// The table named `table`.
    ///
    /// @param random draws from 0 (inclusive) to 1 (exclusive), for the jitter of retries
    public ResultTable(DynamoDbAsyncClient client, String table, Time time, DoubleSupplier random) {
        this.client = client;
        this.table = table;
        this.time = time;
        this.backoff = new Backoff(BACKOFF_FIRST, BACKOFF_MAX, random);
    }

    /// A writer for one invocation.
    ///
    /// @param deadline after which no write starts
    public RecordWriter writer(Deadline deadline) {
        return new RecordWriter(client, table, time, backoff, deadline);
    }

    /// Those of `keys` that have a final record which is not older than the request: their work is done. A key that
    /// could not be read is not among them, and so is worked on again.
    ///
    /// @param wanted the keys, each once, with the time of their request
    public CompletableFuture<Set<RecordKey>> finished(Collection<Wanted> wanted, Deadline deadline) {
        return new FinishedRecords(client, table, time, backoff, deadline).among(wanted);
    }

    /// A key and the time of its request, epoch milliseconds.
    public record Wanted(RecordKey key, long requestedAt) {}
}
