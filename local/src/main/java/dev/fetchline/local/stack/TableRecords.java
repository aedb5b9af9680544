package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Everything that is in the table.
record TableRecords(DynamoDbAsyncClient dynamoDb, String table) {
    private static final String STATUS = "status";
    private static final int SOME = 200;
    private static final String RETRYING = "RETRYING";

    /// What a waiting person wants to know of a record; the body of a final one must not travel for nothing.
    private static final List<String> WAITING_ATTRIBUTES =
            List.of("url", "fullUrl", STATUS, "httpStatus", "error", "retryAfter", "nextAttemptAt");

    List<Map<String, AttributeValue>> all() {
        List<Map<String, AttributeValue>> records = new ArrayList<>();
        each(records::add);
        return records;
    }

    /// The first ones that the table has.
    List<Map<String, AttributeValue>> some() {
        return Calls.ask(name(), dynamoDb.scan(scanRequest().limit(SOME).build()))
                .items();
    }

    /// Hands over one by one, so that a large table need not be in memory twice.
    void each(Consumer<Map<String, AttributeValue>> reader) {
        each(scanRequest(), reader);
    }

    /// Hands over each record that is not final, with a few of its attributes. Reads the whole table.
    void eachRetrying(Consumer<Map<String, AttributeValue>> reader) {
        // Most of the names are reserved words. A filter would be shorter, but not every table that this runs on has
        // it.
        Map<String, String> names = new LinkedHashMap<>();
        WAITING_ATTRIBUTES.forEach(name -> names.put("#" + name, name));
        ScanRequest.Builder request = scanRequest()
                .projectionExpression(String.join(", ", names.keySet()))
                .expressionAttributeNames(names);
        each(request, item -> {
            if (isRetrying(item)) {
                reader.accept(item);
            }
        });
    }

    private static boolean isRetrying(Map<String, AttributeValue> record) {
        AttributeValue status = record.get(STATUS);
        return status != null && RETRYING.equals(status.s());
    }

    /// As DescribeTable has it, which here is true at once and far cheaper than a scan; AWS updates it every six hours.
    long count() {
        return Calls.ask(name(), dynamoDb.describeTable(request -> request.tableName(table)))
                .table()
                .itemCount();
    }

    private String name() {
        return "the table " + table;
    }

    private ScanRequest.Builder scanRequest() {
        return ScanRequest.builder().tableName(table).consistentRead(true);
    }

    private void each(ScanRequest.Builder request, Consumer<Map<String, AttributeValue>> reader) {
        ScanResponse page = Calls.ask(name(), dynamoDb.scan(request.build()));
        page.items().forEach(reader);
        while (!page.lastEvaluatedKey().isEmpty()) {
            Map<String, AttributeValue> after = page.lastEvaluatedKey();
            page = Calls.ask(
                    name(), dynamoDb.scan(request.exclusiveStartKey(after).build()));
            page.items().forEach(reader);
        }
    }
}
