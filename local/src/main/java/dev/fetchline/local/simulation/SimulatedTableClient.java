package dev.fetchline.local.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table as one environment reaches it: the operations that the function uses.
final class SimulatedTableClient implements DynamoDbAsyncClient {
    private final World world;
    private final SimulatedTable table;
    private final Environment environment;
    private final Wire wire;

    SimulatedTableClient(World world, SimulatedTable table, Environment environment) {
        this.world = world;
        this.table = table;
        this.environment = environment;
        this.wire = new Wire(world, environment);
    }

    @Override
    public CompletableFuture<PutItemResponse> putItem(PutItemRequest request) {
        String invocation = environment.invocation();
        return wire.call(way(), () -> table.put(request, invocation), () -> lost(request.item(), invocation));
    }

    @Override
    public CompletableFuture<BatchWriteItemResponse> batchWriteItem(BatchWriteItemRequest request) {
        String invocation = environment.invocation();
        return wire.call(
                way(),
                () -> table.write(request, invocation),
                () -> request.requestItems().values().forEach(puts -> lost(puts, invocation)));
    }

    @Override
    public CompletableFuture<BatchGetItemResponse> batchGetItem(BatchGetItemRequest request) {
        String invocation = environment.invocation();
        CompletableFuture<BatchGetItemResponse> answer = wire.call(way(), () -> table.get(request), () -> {});
        var _ = answer.thenAccept(response ->
                world.history().add(new Event.Read(world.agenda().now(), invocation, table.rowsIn(response))));
        return answer;
    }

    private void lost(List<WriteRequest> puts, String invocation) {
        puts.forEach(put -> lost(put.putRequest().item(), invocation));
    }

    private void lost(Map<String, AttributeValue> item, String invocation) {
        table.failed(Row.keyOf(item), Row.of(item), "lost or unanswered", invocation);
    }

    private Wire.Way way() {
        Faults faults = world.faults();
        return new Wire.Way(
                !faults.strikes(Fault.TABLE_LOST),
                !faults.strikes(Fault.TABLE_UNANSWERED),
                faults.strikes(Fault.TABLE_SLOW));
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}
}
