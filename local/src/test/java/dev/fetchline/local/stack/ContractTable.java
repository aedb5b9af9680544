package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// A table of the results' keys on the server under test, and the calls of the contract in short.
record ContractTable(DynamoDbAsyncClient client, String name) {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern PLACEHOLDER = Pattern.compile("[:#][A-Za-z0-9]+");

    /// What a call was refused with.
    record Refusal(String code, String sentence) {}

    static ContractTable create(DynamoDbAsyncClient client) {
        String name = "contract-" + COUNT.incrementAndGet();
        Calls.await(client.createTable(request -> request.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key("batchId", "HASH"), key("url", "RANGE"))
                .attributeDefinitions(type("batchId"), type("url"))));
        return new ContractTable(client, name);
    }

    private static KeySchemaElement key(String name, String type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition type(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    /// @param more names and values by turns, in place of the key's own too; a null value takes an attribute away
    static Map<String, AttributeValue> item(String url, Object... more) {
        Map<String, AttributeValue> item = new LinkedHashMap<>(Map.of("batchId", text("b"), "url", text(url)));
        for (int at = 0; at < more.length; at += 2) {
            item.put((String) more[at], (AttributeValue) more[at + 1]);
        }
        item.values().removeIf(value -> value == null);
        return item;
    }

    static WriteRequest put(Map<String, AttributeValue> item) {
        return WriteRequest.builder()
                .putRequest(PutRequest.builder().item(item).build())
                .build();
    }

    CompletableFuture<?> putItem(Map<String, AttributeValue> item) {
        return client.putItem(request -> request.tableName(name).item(item));
    }

    CompletableFuture<?> batchWrite(List<Map<String, AttributeValue>> items) {
        List<WriteRequest> puts = items.stream().map(ContractTable::put).toList();
        return client.batchWriteItem(request -> request.requestItems(Map.of(name, puts)));
    }

    /// A put on a condition; of `values` and `names` only those that it says are sent.
    PutItemRequest putIf(
            Map<String, AttributeValue> item,
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values) {
        List<String> said = new ArrayList<>();
        PLACEHOLDER.matcher(condition).results().forEach(each -> said.add(each.group()));
        Map<String, String> saidNames = new LinkedHashMap<>(names);
        saidNames.keySet().retainAll(said);
        Map<String, AttributeValue> saidValues = new LinkedHashMap<>(values);
        saidValues.keySet().retainAll(said);
        return PutItemRequest.builder()
                .tableName(name)
                .item(item)
                .conditionExpression(condition)
                .expressionAttributeNames(saidNames.isEmpty() ? null : saidNames)
                .expressionAttributeValues(saidValues.isEmpty() ? null : saidValues)
                .build();
    }

    /// What stands under a URL; empty where nothing does.
    Map<String, AttributeValue> get(String url) {
        return Calls.await(client.getItem(
                        request -> request.tableName(name).key(item(url)).consistentRead(true)))
                .item();
    }

    List<Map<String, AttributeValue>> all() {
        return new TableRecords(client, name).all();
    }

    /// @throws AssertionError where the call is not refused by the service
    static Refusal refusal(CompletableFuture<?> call) {
        try {
            Object answer = call.join();
            throw new AssertionError("It was not refused: " + answer);
        } catch (CompletionException e) {
            if (e.getCause() instanceof AwsServiceException failure && failure.statusCode() == 400) {
                return new Refusal(
                        failure.awsErrorDetails().errorCode(),
                        failure.awsErrorDetails().errorMessage());
            }
            throw new AssertionError("It failed otherwise", e);
        }
    }
}
