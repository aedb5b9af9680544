package dev.fetchline.local.batch;

import dev.fetchline.local.stack.Calls;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Reads pages of a table one after the other, the next one on its way while the last is looked at, and
/// keeps count of the capacity that it takes: DynamoDB bills whole items, whatever is asked of them.
public final class TableReader {
    private final DynamoDbAsyncClient client;
    private double readUnits;

    /// A reader with a count of its own.
    public TableReader(DynamoDbAsyncClient client) {
        this.client = client;
    }

    /// Read request units taken so far, as DynamoDB itself counts them; 0 on servers that do not.
    public double readUnits() {
        return readUnits;
    }

    /// Hands over all items that a query finds, in its order.
    public void query(QueryRequest.Builder request, Consumer<Map<String, AttributeValue>> reader) {
        boolean _ = queryWhile(request, item -> {
            reader.accept(item);
            return true;
        });
    }

    /// Hands over the items that a query finds, in its order, for as long as the reader wants more.
    ///
    /// @return whether the reader wanted more at the end
    public boolean queryWhile(QueryRequest.Builder request, Predicate<Map<String, AttributeValue>> reader) {
        QueryRequest.Builder counted = request.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        CompletableFuture<QueryResponse> next = client.query(counted.build());
        while (next != null) {
            QueryResponse page = Calls.await(next);
            next = page.lastEvaluatedKey().isEmpty()
                    ? null
                    : client.query(
                            counted.exclusiveStartKey(page.lastEvaluatedKey()).build());
            count(page.consumedCapacity());
            for (Map<String, AttributeValue> item : page.items()) {
                if (!reader.test(item)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Hands over all items that a scan finds, in no order.
    public void scan(ScanRequest.Builder request, Consumer<Map<String, AttributeValue>> reader) {
        ScanRequest.Builder counted = request.returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        CompletableFuture<ScanResponse> next = client.scan(counted.build());
        while (next != null) {
            ScanResponse page = Calls.await(next);
            next = page.lastEvaluatedKey().isEmpty()
                    ? null
                    : client.scan(
                            counted.exclusiveStartKey(page.lastEvaluatedKey()).build());
            count(page.consumedCapacity());
            page.items().forEach(reader);
        }
    }

    private void count(ConsumedCapacity taken) {
        if (taken != null && taken.capacityUnits() != null) {
            readUnits += taken.capacityUnits();
        }
    }
}
