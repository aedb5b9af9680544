package dev.fetchline.local.batch;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// Finds a batch by its id: by the head that `submit` wrote, or by the records that are there.
///
/// @param client of DynamoDB
/// @param table of results
/// @param batches table of heads, where there is one
public record BatchFinder(DynamoDbAsyncClient client, String table, Optional<String> batches) {
    /// A batch that is there.
    ///
    /// @param head empty for one that was sent by other means than `submit`
    /// @param parts how it is split
    public record Found(Optional<BatchHead> head, BatchParts parts) {}

    /// Empty where there is neither a head nor a record.
    public Optional<Found> find(TableReader reader, String batchId) {
        Optional<BatchHead> head = batches.flatMap(name -> new BatchesTable(client, name).headIfAny(batchId));
        if (head.isPresent()) {
            return head.map(its -> new Found(head, its.split()));
        }
        if (hasRecords(reader, batchId)) {
            return Optional.of(new Found(Optional.empty(), new BatchParts(batchId, 0)));
        }
        return partsOf(reader, batchId).map(parts -> new Found(Optional.empty(), parts));
    }

    /// The parts of a batch whose head is not there: they are counted until two in a row have no record.
    /// A part without any is unlikely: each has thousands of URLs.
    private Optional<BatchParts> partsOf(TableReader reader, String batchId) {
        for (int most = 100; most <= BatchParts.COUNT_MAX; most *= 10) {
            BatchParts widest = new BatchParts(batchId, most);
            int count = 0;
            for (int index = 0; index < most && index < count + 2; index++) {
                if (hasRecords(reader, widest.partitions().get(index))) {
                    count = index + 1;
                }
            }
            if (count > 0) {
                // A name has as many digits as the last one needs, and parts without a record cost a look each.
                return Optional.of(new BatchParts(batchId, Math.max(count, most / 10 + 1)));
            }
        }
        return Optional.empty();
    }

    private boolean hasRecords(TableReader reader, String partition) {
        return !reader.queryWhile(
                QueryRequest.builder()
                        .tableName(table)
                        .keyConditionExpression("batchId = :b")
                        .expressionAttributeValues(Map.of(":b", AttributeValue.fromS(partition)))
                        .limit(1),
                _ -> false);
    }
}
