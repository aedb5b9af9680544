package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Everything that is in the table.
record TableRecords(DynamoDbAsyncClient dynamoDb, String table) {

    List<Map<String, AttributeValue>> all() {
        List<Map<String, AttributeValue>> records = new ArrayList<>();
        each(records::add);
        return records;
    }

    /// Hands over one by one, so that a large table need not be in memory twice.
    void each(Consumer<Map<String, AttributeValue>> reader) {
        ScanResponse page = scan(Map.of());
        page.items().forEach(reader);
        while (!page.lastEvaluatedKey().isEmpty()) {
            page = scan(page.lastEvaluatedKey());
            page.items().forEach(reader);
        }
    }

    /// As DescribeTable has it, which here is true at once and far cheaper than a scan; AWS updates it every six hours.
    long count() {
        return Calls.await(dynamoDb.describeTable(request -> request.tableName(table)))
                .table()
                .itemCount();
    }

    private ScanResponse scan(Map<String, AttributeValue> after) {
        ScanRequest.Builder request = ScanRequest.builder().tableName(table).consistentRead(true);
        return Calls.await(dynamoDb.scan(
                after.isEmpty()
                        ? request.build()
                        : request.exclusiveStartKey(after).build()));
    }
}
