package dev.fetchline.local.batch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

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

    /// Hands over the records that are meant. Those that have expired are left out: DynamoDB deletes them late.
    public void each(Where where, Consumer<FetchRecord> consumer) {
        long now = Instant.now().getEpochSecond();
        for (String partition : parts.partitions()) {
            reader.query(
                    QueryRequest.builder()
                            .tableName(table)
                            .keyConditionExpression("batchId = :b")
                            .expressionAttributeValues(Map.of(":b", AttributeValue.fromS(partition))),
                    item -> {
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
