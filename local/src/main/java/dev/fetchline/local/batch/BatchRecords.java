package dev.fetchline.local.batch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The records of a batch, read from the results table part after part in constant memory.
///
/// @param reader of the table
/// @param table of results
/// @param parts of the batch
public record BatchRecords(TableReader reader, String table, BatchParts parts) {
    /// The batch of this name: as its head says it is split, or one partition where it has no head.
    public static BatchRecords of(TableReader reader, String table, String batchId, Optional<BatchHead> head) {
        return new BatchRecords(reader, table, head.map(BatchHead::split).orElseGet(() -> new BatchParts(batchId, 0)));
    }

    /// Hands over the records that are meant, whole. Those that have expired are left out: DynamoDB deletes them late.
    public void each(Where where, Consumer<FetchRecord> consumer) {
        each(where, Set.of(), consumer);
    }

    /// Hands over some attributes of the records that are meant. That saves their way here and no money: DynamoDB bills
    /// whole items.
    ///
    /// @param attributes of the table that are wanted; empty for all
    public void each(Where where, Set<String> attributes, Consumer<FetchRecord> consumer) {
        each(parts.partitions(), where, attributes, consumer);
    }

    /// The same for some of the batch's partitions.
    ///
    /// @param partitions batchIds as in the table
    public void each(List<String> partitions, Where where, Set<String> attributes, Consumer<FetchRecord> consumer) {
        long now = Instant.now().getEpochSecond();
        for (String partition : partitions) {
            reader.query(new RecordQuery(table, partition, where, attributes).request(), item -> {
                FetchRecord fetched = new FetchRecord(item);
                if (!isExpired(fetched, now) && where.matches(fetched)) {
                    consumer.accept(fetched);
                }
            });
        }
    }

    private static boolean isExpired(FetchRecord fetched, long now) {
        Long expiresAt = fetched.number("expiresAt");
        return expiresAt != null && expiresAt <= now;
    }
}
