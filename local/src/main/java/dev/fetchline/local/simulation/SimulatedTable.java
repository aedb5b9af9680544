package dev.fetchline.local.simulation;

import dev.fetchline.local.table.MemoryTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table: a real one of its kind in memory, that is throttled, breaks, answers in part, late or not at all.
final class SimulatedTable {
    private final World world;
    private final String name;
    private final MemoryTable rows;

    SimulatedTable(World world, String name) {
        this.world = world;
        this.name = name;
        this.rows = MemoryTable.ofStrings(name, "batchId", "url");
    }

    DynamoDbAsyncClient clientFor(Environment environment) {
        return new SimulatedTableClient(world, this, environment);
    }

    /// What the record is now; null for none.
    @Nullable
    Row row(Key key) {
        Map<String, AttributeValue> item = rows.getItem(GetItemRequest.builder()
                        .tableName(name)
                        .key(keyOf(key))
                        .consistentRead(true)
                        .build())
                .item();
        return item == null || item.isEmpty() ? null : Row.of(item);
    }

    private static Map<String, AttributeValue> keyOf(Key key) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>();
        attributes.put("batchId", AttributeValue.fromS(key.batchId()));
        attributes.put("url", AttributeValue.fromS(key.url()));
        return attributes;
    }

    /// Throws where the table as a whole does not serve now.
    private void expectService() {
        Faults faults = world.faults();
        if (faults.tableIsDown()) {
            faults.count(Fault.TABLE_DOWN);
            throw broken();
        }
        if (faults.strikes(Fault.TABLE_THROTTLED)) {
            throw (DynamoDbException) ProvisionedThroughputExceededException.builder()
                    .message("throttled")
                    .awsErrorDetails(details("ProvisionedThroughputExceededException"))
                    .statusCode(400)
                    .build();
        }
        if (faults.strikes(Fault.TABLE_BROKEN)) {
            throw broken();
        }
    }

    private static DynamoDbException broken() {
        return (DynamoDbException) InternalServerErrorException.builder()
                .message("broken")
                .awsErrorDetails(details("InternalServerError"))
                .statusCode(500)
                .build();
    }

    private static AwsErrorDetails details(String code) {
        return AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage("simulated")
                .build();
    }

    PutItemResponse put(PutItemRequest request, String invocation) {
        Key key = Row.keyOf(request.item());
        Row after = Row.of(request.item());
        try {
            expectService();
            Row before = row(key);
            PutItemResponse response = rows.putItem(request);
            wrote(key, before, after, request.conditionExpression() != null, invocation);
            return response;
        } catch (RuntimeException failure) {
            failed(key, after, failure.getClass().getSimpleName(), invocation);
            throw failure;
        }
    }

    BatchWriteItemResponse write(BatchWriteItemRequest request, String invocation) {
        List<WriteRequest> puts = request.requestItems().getOrDefault(name, List.of());
        try {
            expectService();
        } catch (RuntimeException failure) {
            puts.forEach(put -> failed(put, failure.getClass().getSimpleName(), invocation));
            throw failure;
        }
        List<WriteRequest> done = new ArrayList<>(puts);
        List<WriteRequest> left = new ArrayList<>();
        if (world.faults().strikes(Fault.TABLE_PARTLY)) {
            done.removeIf(put -> world.faults().random().nextInt(3) != 0 && left.add(put));
        }
        List<@Nullable Row> before = new ArrayList<>();
        done.forEach(put -> before.add(row(Row.keyOf(put.putRequest().item()))));
        BatchWriteItemResponse.Builder response = BatchWriteItemResponse.builder();
        if (!done.isEmpty()) {
            response =
                    rows
                            .batchWriteItem(BatchWriteItemRequest.builder()
                                    .requestItems(Map.of(name, done))
                                    .build())
                            .toBuilder();
        }
        for (int i = 0; i < done.size(); i++) {
            Map<String, AttributeValue> item = done.get(i).putRequest().item();
            wrote(Row.keyOf(item), before.get(i), Row.of(item), false, invocation);
        }
        left.forEach(put -> failed(put, "unprocessed", invocation));
        return response.unprocessedItems(left.isEmpty() ? Map.of() : Map.of(name, left))
                .build();
    }

    BatchGetItemResponse get(BatchGetItemRequest request) {
        expectService();
        KeysAndAttributes question = request.requestItems().get(name);
        if (question == null) {
            return rows.batchGetItem(request);
        }
        List<Map<String, AttributeValue>> asked = new ArrayList<>(question.keys());
        List<Map<String, AttributeValue>> left = new ArrayList<>();
        if (world.faults().strikes(Fault.TABLE_PARTLY)) {
            asked.removeIf(key -> world.faults().random().nextBoolean() && left.add(key));
        }
        BatchGetItemResponse.Builder response = BatchGetItemResponse.builder().responses(Map.of(name, List.of()));
        if (!asked.isEmpty()) {
            KeysAndAttributes part = question.toBuilder().keys(asked).build();
            response = rows
                    .batchGetItem(
                            request.toBuilder().requestItems(Map.of(name, part)).build())
                    .toBuilder();
        }
        return response.unprocessedKeys(
                        left.isEmpty()
                                ? Map.of()
                                : Map.of(name, question.toBuilder().keys(left).build()))
                .build();
    }

    /// What of an answer to [#get] the history keeps: the records as they were when it was given.
    Map<Key, Row> rowsIn(BatchGetItemResponse response) {
        Map<Key, Row> found = new LinkedHashMap<>();
        response.responses().getOrDefault(name, List.of()).forEach(item -> found.put(Row.keyOf(item), Row.of(item)));
        return found;
    }

    private void wrote(Key key, @Nullable Row before, Row after, boolean conditional, String invocation) {
        world.history().add(new Event.Wrote(world.agenda().now(), key, before, after, conditional, invocation));
    }

    private void failed(WriteRequest put, String how, String invocation) {
        PutRequest its = put.putRequest();
        failed(Row.keyOf(its.item()), Row.of(its.item()), how, invocation);
    }

    void failed(Key key, Row row, String how, String invocation) {
        world.history().add(new Event.WriteFailed(world.agenda().now(), key, row, how, invocation));
    }
}
