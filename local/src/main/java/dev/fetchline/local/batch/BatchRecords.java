package dev.fetchline.local.batch;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The records of a batch, read from the results table part after part in constant memory.
///
/// @param reader of the table
/// @param table of results
/// @param parts of the batch
/// @param isByHost whether it is certain that a host's records are in one part alone, as `submit` splits a batch
public record BatchRecords(TableReader reader, String table, BatchParts parts, boolean isByHost) {
    /// A batch whose parts are all read, whatever is asked for.
    public BatchRecords(TableReader reader, String table, BatchParts parts) {
        this(reader, table, parts, false);
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
        eachWhile(where, attributes, fetched -> {
            consumer.accept(fetched);
            return true;
        });
    }

    /// Hands over some attributes of all records of one partition, as the table has them at this moment and not as it
    /// had them a second ago: at twice the price.
    ///
    /// @param partition batchId as in the table
    public void eachConsistently(String partition, Set<String> attributes, Consumer<FetchRecord> consumer) {
        boolean _ = query(new RecordQuery(table, partition, Where.ALL, attributes, true), fetched -> {
            consumer.accept(fetched);
            return true;
        });
    }

    /// The same as [#each(Where, Set, Consumer)], for as long as the consumer wants more.
    public void eachWhile(Where where, Set<String> attributes, Predicate<FetchRecord> consumer) {
        for (String partition : partitions(where)) {
            if (!query(new RecordQuery(table, partition, where, attributes, false), consumer)) {
                return;
            }
        }
    }

    /// The parts that can hold what is meant: of an expression that names the host it is one.
    private List<String> partitions(Where where) {
        return where.host()
                .filter(_ -> isByHost)
                .map(host -> List.of(parts.partitionOf(parts.partOf(host))))
                .orElseGet(parts::partitions);
    }

    private boolean query(RecordQuery query, Predicate<FetchRecord> consumer) {
        long now = Instant.now().getEpochSecond();
        return reader.queryWhile(query.request(), item -> {
            FetchRecord fetched = new FetchRecord(item);
            return isExpired(fetched, now) || !query.where().matches(fetched) || consumer.test(fetched);
        });
    }

    private static boolean isExpired(FetchRecord fetched, long now) {
        Long expiresAt = fetched.number("expiresAt");
        return expiresAt != null && expiresAt <= now;
    }
}
