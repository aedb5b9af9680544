package dev.fetchline.record;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Writes the records of one invocation, until each is durable or the deadline has passed.
public final class RecordWriter {
    private final SinglePuts puts;
    private final BatchWrites batches;

    RecordWriter(WriteCalls calls) {
        puts = new SinglePuts(calls);
        batches = new BatchWrites(calls, puts);
    }

    /// Writes a record of a first receive: whatever the table has under its key is older, so no condition is needed.
    public CompletableFuture<WriteResult> write(ResultRecord record) {
        return batches.write(record);
    }

    /// Writes a record of a redelivered message or a deferral, and any RETRYING one, unless one that stands above it
    /// is there.
    public CompletableFuture<WriteResult> writeUnlessDone(ResultRecord record) {
        return writeUnlessDone(() -> record);
    }

    /// As [#writeUnlessDone(ResultRecord)], for many at a time: each is made only when its turn has come.
    public CompletableFuture<WriteResult> writeUnlessDone(Supplier<ResultRecord> record) {
        return puts.put(record, RecordOrder::of);
    }
}
