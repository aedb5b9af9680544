package dev.fetchline.local.table;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// One table of DynamoDB in memory: what it takes, refuses and answers is DynamoDB's. Each call is done at once and no
/// other comes between; every read is consistent. Items whose time to live has passed stay, as they may on AWS for
/// days.
///
/// A call that is refused throws what the SDK would, an `AwsServiceException` with DynamoDB's error code and status.
/// What AWS knows and this table does not is refused too, with a ValidationException that says so. Thread-safe.
public final class MemoryTable {
    private final TableShape shape;
    private final Rows rows;
    private final TableWrites writes;
    private final TableReads reads;

    /// An empty table.
    public MemoryTable(TableShape shape) {
        this.shape = shape;
        rows = new Rows(shape);
        writes = new TableWrites(shape, rows);
        reads = new TableReads(shape, rows);
    }

    /// An empty table whose keys are strings.
    public static MemoryTable ofStrings(String table, String partitionKey, String sortKey) {
        return new MemoryTable(
                new TableShape(table, TableShape.Key.ofString(partitionKey), TableShape.Key.ofString(sortKey)));
    }

    /// Name and keys.
    public TableShape shape() {
        return shape;
    }

    /// How many items there are.
    public long size() {
        return rows.size();
    }

    /// Every item as it stands now, in no order.
    public List<Map<String, AttributeValue>> items() {
        return rows.all();
    }

    /// Writes all items (25 and 16 MB at most) or, where one of them is refused, none. Puts only.
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        return batchWriteItem(request, _ -> false);
    }

    /// As [#batchWriteItem(BatchWriteItemRequest)], and leaves undone what a busy table would.
    ///
    /// @param unprocessed the items, of those that could be written, that come back as unprocessed
    public BatchWriteItemResponse batchWriteItem(
            BatchWriteItemRequest request, Predicate<Map<String, AttributeValue>> unprocessed) {
        return writes.batchWriteItem(request, unprocessed);
    }

    /// Writes one item where the condition holds of the one that stands under its key.
    ///
    /// @throws ConditionalCheckFailedException where it does not hold
    public PutItemResponse putItem(PutItemRequest request) {
        return writes.putItem(request);
    }

    /// Reads items by their keys (100 at most) up to 16 MB; the keys of the others come back as unprocessed.
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        return batchGetItem(request, _ -> false);
    }

    /// As [#batchGetItem(BatchGetItemRequest)], and leaves undone what a busy table would.
    ///
    /// @param unprocessed the keys that come back as unprocessed
    public BatchGetItemResponse batchGetItem(
            BatchGetItemRequest request, Predicate<Map<String, AttributeValue>> unprocessed) {
        return reads.batchGetItem(request, unprocessed);
    }

    /// Reads the item under a key.
    public GetItemResponse getItem(GetItemRequest request) {
        return reads.getItem(request);
    }

    /// Reads all items, 1 MB at a time.
    public ScanResponse scan(ScanRequest request) {
        return reads.scan(request);
    }

    /// Reads items of one partition in the order of the sort key, 1 MB at a time.
    public QueryResponse query(QueryRequest request) {
        return reads.query(request);
    }
}
