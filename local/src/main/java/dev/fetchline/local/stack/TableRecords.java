package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// Everything that is in the table.
record TableRecords(DynamoDbAsyncClient dynamoDb, String table) {

    List<Map<String, AttributeValue>> all() {
        List<Map<String, AttributeValue>> records = new ArrayList<>();
        for (ScanResponse page = scan(Select.ALL_ATTRIBUTES, Map.of());
                ;
                page = scan(Select.ALL_ATTRIBUTES, page.lastEvaluatedKey())) {
            records.addAll(page.items());
            if (page.lastEvaluatedKey().isEmpty()) {
                return records;
            }
        }
    }

    long count() {
        long count = 0;
        for (ScanResponse page = scan(Select.COUNT, Map.of()); ; page = scan(Select.COUNT, page.lastEvaluatedKey())) {
            count += page.count();
            if (page.lastEvaluatedKey().isEmpty()) {
                return count;
            }
        }
    }

    private ScanResponse scan(Select select, Map<String, AttributeValue> after) {
        ScanRequest.Builder request =
                ScanRequest.builder().tableName(table).consistentRead(true).select(select);
        return Calls.await(dynamoDb.scan(
                after.isEmpty()
                        ? request.build()
                        : request.exclusiveStartKey(after).build()));
    }
}
