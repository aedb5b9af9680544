package dev.fetchline.local.page;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.stack.BareStack;
import dev.fetchline.local.target.Target;
import dev.fetchline.progress.KeySum;
import dev.fetchline.queue.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A stack with what a test puts into it, and the page that shows it.
///
/// @param stack queues and tables
/// @param target the same for the page
/// @param server of the page
record PageStack(BareStack stack, Target target, PageServer server) implements AutoCloseable {
    private static final int ITEMS_MAX = 25;

    /// On DynamoDB Local, with a batches table.
    static PageStack start() {
        BareStack stack = BareStack.start();
        Target target = stack.targetWithBatches(Target.Place.UP);
        return new PageStack(stack, target, PageServer.start(target, 0));
    }

    /// On the table in memory, without a batches table.
    static PageStack startFast() {
        BareStack stack = BareStack.startFast();
        Target target = stack.target(Target.Place.UP);
        return new PageStack(stack, target, PageServer.start(target, 0));
    }

    String url() {
        return server.url().toString();
    }

    /// Puts records into the results table.
    void put(List<Map<String, AttributeValue>> items) {
        var calls = new ArrayList<CompletableFuture<?>>();
        for (int from = 0; from < items.size(); from += ITEMS_MAX) {
            List<WriteRequest> puts = items.subList(from, Math.min(from + ITEMS_MAX, items.size())).stream()
                    .map(item -> WriteRequest.builder()
                            .putRequest(PutRequest.builder().item(item).build())
                            .build())
                    .toList();
            calls.add(target.dynamoDb().batchWriteItem(request -> request.requestItems(Map.of(target.table(), puts))));
            if (calls.size() == 16) {
                calls.forEach(CompletableFuture::join);
                calls.clear();
            }
        }
        calls.forEach(CompletableFuture::join);
    }

    /// What `submit` writes of a batch.
    void putHead(String batchId, long urls, Map<String, KeySum> keys, int parts) {
        new BatchesTable(target.dynamoDb(), target.batchesTable().orElseThrow())
                .put(new BatchHead(
                        batchId,
                        Instant.now().minusSeconds(120),
                        true,
                        urls,
                        urls,
                        urls / 20 + 1,
                        parts,
                        keys,
                        Optional.of("nightly"),
                        Instant.now().plus(Duration.ofDays(14))));
    }

    /// What the function writes of an invocation.
    ///
    /// @param hosts the slowest ones, as count and milliseconds
    void putProgress(
            String batchId,
            Instant at,
            String request,
            Map<String, Long> counts,
            Map<String, KeySum> finals,
            Map<String, String> hosts) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("batchId", AttributeValue.fromS(batchId));
        item.put("entry", AttributeValue.fromS("at#%013d#%s".formatted(at.toEpochMilli(), request)));
        Map<String, AttributeValue> numbers = new LinkedHashMap<>();
        counts.forEach((status, count) -> numbers.put(status, number(count)));
        item.put("counts", AttributeValue.fromM(numbers));
        Map<String, AttributeValue> sums = new LinkedHashMap<>();
        finals.forEach((part, sum) -> sums.put(part, AttributeValue.fromS(sum.toString())));
        item.put("finals", AttributeValue.fromM(sums));
        Map<String, AttributeValue> times = new LinkedHashMap<>();
        hosts.forEach((host, time) -> times.put(host, AttributeValue.fromS(time)));
        item.put("hosts", AttributeValue.fromM(times));
        item.put("deferred", number(3));
        item.put("bytes", number(123_456));
        item.put("retries", number(2));
        target.dynamoDb()
                .putItem(put ->
                        put.tableName(target.batchesTable().orElseThrow()).item(item))
                .join();
    }

    /// What the function sends to the dead-letter queue when it cannot read a message.
    void putDeadLetter(String body, String reason) {
        target.sqs()
                .sendMessage(send -> send.queueUrl(target.deadLetterQueueUrl())
                        .messageBody(body)
                        .messageAttributes(Map.of(
                                Quarantine.REASON, text(reason),
                                Quarantine.ORIGINAL_MESSAGE_ID, text("the-first-id"))))
                .join();
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    /// A record as the function writes it.
    static Map<String, AttributeValue> row(String batchId, String url, String status) {
        Map<String, AttributeValue> row = new LinkedHashMap<>();
        row.put("batchId", AttributeValue.fromS(batchId));
        row.put("url", AttributeValue.fromS(url));
        row.put("submitted", AttributeValue.fromS(url));
        row.put("status", AttributeValue.fromS(status));
        row.put("attempts", number(1));
        row.put("durationMs", number(120));
        if (status.equals("OK")) {
            row.put("httpStatus", number(200));
            row.put("bodyBytes", number(4_321));
            row.put("contentType", AttributeValue.fromS("text/html"));
        }
        if (status.equals("FAILED")) {
            row.put(
                    "error",
                    AttributeValue.fromM(Map.of(
                            "kind", AttributeValue.fromS("CONNECT_REFUSED"),
                            "detail", AttributeValue.fromS("the server refused the connection"))));
        }
        return row;
    }

    /// So many records, of which one in a thousand failed.
    static List<Map<String, AttributeValue>> rows(String batchId, int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> row(
                        batchId,
                        "https://host%02d.example/page/%06d".formatted(index % 50, index),
                        index % 1_000 == 7 ? "FAILED" : "OK"))
                .toList();
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    @Override
    public void close() {
        server.close();
        target.close();
        stack.close();
    }
}
