package dev.fetchline.local.batch;

import dev.fetchline.local.stack.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// The table of batches: a head for each that was submitted, and a row of progress for each invocation
/// that worked on it.
///
/// @param client of DynamoDB
/// @param name of the table
public record BatchesTable(DynamoDbAsyncClient client, String name) {
    /// Writes a head, in place of an earlier one of the same batch.
    public void put(BatchHead head) {
        var _ = Calls.await(client.putItem(request -> request.tableName(name).item(head.toItem())));
    }

    /// For who only reads: the head of a batch that was submitted, empty also where there is no such
    /// table, as on a stack of before.
    public Optional<BatchHead> headIfAny(String batchId) {
        try {
            return head(batchId);
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    /// The head of a batch that was submitted.
    public Optional<BatchHead> head(String batchId) {
        Map<String, AttributeValue> item = Calls.await(client.getItem(request -> request.tableName(name)
                        .consistentRead(true)
                        .key(Map.of(
                                "batchId", AttributeValue.fromS(batchId),
                                "entry", AttributeValue.fromS(BatchHead.ENTRY)))))
                .item();
        return item == null || item.isEmpty() ? Optional.empty() : Optional.of(BatchHead.of(item));
    }

    /// Rows of progress after an entry, oldest first. A row can appear later than one with a later time:
    /// ask again from some time before the last one, and tell rows apart by their entry.
    ///
    /// @param after an entry, or the empty text for all rows
    /// @return none where there is no such table
    public List<ProgressRow> progress(TableReader reader, String batchId, String after) {
        try {
            return rows(reader, batchId, after);
        } catch (ResourceNotFoundException _) {
            return List.of();
        }
    }

    private List<ProgressRow> rows(TableReader reader, String batchId, String after) {
        List<ProgressRow> rows = new ArrayList<>();
        reader.query(
                QueryRequest.builder()
                        .tableName(name)
                        .keyConditionExpression("batchId = :b AND #e BETWEEN :from AND :to")
                        .expressionAttributeNames(Map.of("#e", "entry"))
                        .expressionAttributeValues(Map.of(
                                ":b", AttributeValue.fromS(batchId),
                                ":from", AttributeValue.fromS(after.isEmpty() ? ProgressRow.PREFIX : after + "!"),
                                ":to", AttributeValue.fromS(ProgressRow.PREFIX + "~"))),
                item -> rows.add(ProgressRow.of(item)));
        return rows;
    }

    /// All heads, latest first. Reads the whole table, which holds a row for each invocation of the last
    /// days.
    public List<BatchHead> heads(TableReader reader) {
        List<BatchHead> heads = new ArrayList<>();
        reader.scan(
                ScanRequest.builder()
                        .tableName(name)
                        .filterExpression("#e = :head")
                        .expressionAttributeNames(Map.of("#e", "entry"))
                        .expressionAttributeValues(Map.of(":head", AttributeValue.fromS(BatchHead.ENTRY))),
                item -> heads.add(BatchHead.of(item)));
        heads.sort((one, other) -> other.submittedAt().compareTo(one.submittedAt()));
        return heads;
    }
}
