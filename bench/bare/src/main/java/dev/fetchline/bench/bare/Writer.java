package dev.fetchline.bench.bare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Collects the records of an event and writes each full batch at once.
final class Writer {
    private static final int BATCH_ITEMS = 25;
    private static final long WAIT_MILLIS = 50;
    private static final long WAIT_MILLIS_MAX = 2_000;

    private final DynamoDbAsyncClient client;
    private final String table;
    private final Queue<CompletableFuture<Void>> calls = new ConcurrentLinkedQueue<>();
    private List<WriteRequest> batch = new ArrayList<>(BATCH_ITEMS);

    Writer(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    void add(Map<String, AttributeValue> row) {
        WriteRequest put = WriteRequest.builder()
                .putRequest(PutRequest.builder().item(row).build())
                .build();
        List<WriteRequest> full;
        synchronized (this) {
            batch.add(put);
            if (batch.size() < BATCH_ITEMS) {
                return;
            }
            full = take();
        }
        calls.add(write(full, WAIT_MILLIS));
    }

    private List<WriteRequest> take() {
        List<WriteRequest> taken = batch;
        batch = new ArrayList<>(BATCH_ITEMS);
        return taken;
    }

    /// Completes when every record is in the table.
    CompletableFuture<Void> flush() {
        List<WriteRequest> last;
        synchronized (this) {
            last = take();
        }
        if (!last.isEmpty()) {
            calls.add(write(last, WAIT_MILLIS));
        }
        return CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> write(List<WriteRequest> items, long waitMillis) {
        return client.batchWriteItem(request -> request.requestItems(Map.of(table, items)))
                .thenCompose(response -> {
                    List<WriteRequest> left = response.unprocessedItems().getOrDefault(table, List.of());
                    return left.isEmpty()
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.supplyAsync(
                                            () -> left,
                                            CompletableFuture.delayedExecutor(waitMillis, TimeUnit.MILLISECONDS))
                                    .thenCompose(again -> write(again, Math.min(2 * waitMillis, WAIT_MILLIS_MAX)));
                });
    }
}
