package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.record.ResultTable.Wanted;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/// Reads which keys are done already, for messages that were delivered before.
final class FinishedRecords {
    /// What one BatchGetItem takes (its API reference).
    static final int KEYS_MAX = 100;

    /// Calls under way at once.
    static final int CALLS_MAX = 8;

    private final DynamoDbAsyncClient client;
    private final String table;
    private final Time time;
    private final Deadline deadline;
    private final Backoff backoff;

    FinishedRecords(DynamoDbAsyncClient client, String table, Time time, Backoff backoff, Deadline deadline) {
        this.client = client;
        this.table = table;
        this.time = time;
        this.deadline = deadline;
        this.backoff = backoff;
    }

    CompletableFuture<Finished> among(Collection<Wanted> wanted) {
        Map<RecordKey, Wanted> byKey = new LinkedHashMap<>();
        wanted.forEach(its -> byKey.put(its.key(), its));
        List<RecordKey> keys = List.copyOf(byKey.keySet());
        List<CompletableFuture<Finished>> lanes = new ArrayList<>();
        for (int lane = 0; lane < CALLS_MAX; lane++) {
            lanes.add(readLane(keys, lane * KEYS_MAX, byKey));
        }
        return Completion.all(lanes).thenApply(answers -> answers.stream().reduce(Finished.NONE, Finished::and));
    }

    /// Every [#CALLS_MAX]th page from `at` on, one after the other.
    private CompletableFuture<Finished> readLane(List<RecordKey> keys, int at, Map<RecordKey, Wanted> wanted) {
        if (at >= keys.size()) {
            return CompletableFuture.completedFuture(Finished.NONE);
        }
        List<Map<String, AttributeValue>> page = keys.subList(at, Math.min(at + KEYS_MAX, keys.size())).stream()
                .map(FinishedRecords::attributesOf)
                .toList();
        return read(page, wanted, 1)
                .thenCompose(found ->
                        readLane(keys, at + CALLS_MAX * KEYS_MAX, wanted).thenApply(found::and));
    }

    private CompletableFuture<Finished> read(
            List<Map<String, AttributeValue>> keys, Map<RecordKey, Wanted> wanted, int tries) {
        KeysAndAttributes question = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("batchId, #url, requestedAt, #status, hop")
                .expressionAttributeNames(Map.of("#url", "url", "#status", "status"))
                .build();
        return deadline.cut(client.batchGetItem(BatchGetItemRequest.builder()
                        .requestItems(Map.of(table, question))
                        .build()))
                .thenCompose(response -> afterAnswer(response, wanted, tries))
                .exceptionallyCompose(failure -> CallFault.isTransient(failure)
                        ? again(keys, wanted, tries)
                        : CompletableFuture.completedFuture(Finished.UNKNOWN));
    }

    private CompletableFuture<Finished> afterAnswer(
            BatchGetItemResponse response, Map<RecordKey, Wanted> wanted, int tries) {
        Set<RecordKey> done = new HashSet<>();
        for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
            RecordKey key = new RecordKey(textOf(item, "batchId"), textOf(item, "url"));
            Wanted its = wanted.get(key);
            if (its != null && isDone(item, its)) {
                done.add(key);
            }
        }
        Finished finished = new Finished(done, true);
        KeysAndAttributes unread = response.unprocessedKeys().get(table);
        if (unread == null) {
            return CompletableFuture.completedFuture(finished);
        }
        return again(unread.keys(), wanted, tries).thenApply(finished::and);
    }

    private CompletableFuture<Finished> again(
            List<Map<String, AttributeValue>> keys, Map<RecordKey, Wanted> wanted, int tries) {
        Duration delay = backoff.delay(tries);
        return deadline.allows(delay)
                ? time.sleep(delay).thenCompose(_ -> read(new ArrayList<>(keys), wanted, tries + 1))
                : CompletableFuture.completedFuture(Finished.UNKNOWN);
    }

    private static Map<String, AttributeValue> attributesOf(RecordKey key) {
        return Map.of("batchId", AttributeValue.fromS(key.batchId()), "url", AttributeValue.fromS(key.url()));
    }

    /// A final record of this request or a later one; or one of this request that says that it was deferred since: then
    /// the deferral is on the queue.
    private static boolean isDone(Map<String, AttributeValue> item, Wanted wanted) {
        long requestedAt = numberOf(item, "requestedAt");
        return RecordStatus.RETRYING.name().equals(textOf(item, "status"))
                ? requestedAt == wanted.requestedAt() && numberOf(item, "hop") > wanted.hop()
                : requestedAt >= wanted.requestedAt();
    }

    /// A row that somebody else wrote has none, and is no record of ours.
    private static long numberOf(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.n() == null ? -1 : new BigDecimal(value.n()).longValue();
    }

    private static String textOf(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }
}
