package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Writes records without a condition, 25 to a call, a few calls at a time, until each is durable or the deadline has
/// passed. Two of them never have the same key.
final class BatchWrites {
    /// What one BatchWriteItem takes (its API reference).
    static final int BATCH_ITEMS_MAX = 25;

    /// Enough to keep the table busy; each call holds a connection.
    static final int CALLS_MAX = 8;

    /// How long a record waits for others to share its call: an item in a full batch costs a fifth of one alone.
    static final Duration LINGER = Duration.ofMillis(20);

    private final WriteCalls calls;
    private final SinglePuts alone;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean lingering;

    /// @param alone writes what spoils a batch
    BatchWrites(WriteCalls calls, SinglePuts alone) {
        this.calls = calls;
        this.alone = alone;
    }

    CompletableFuture<WriteResult> write(ResultRecord record) {
        Waiting its = new Waiting(record, 0);
        lock.lock();
        try {
            waiting.add(its);
        } finally {
            lock.unlock();
        }
        callOrLinger(false);
        return its.result;
    }

    private void callOrLinger(boolean lingered) {
        List<Waiting> batch;
        while ((batch = takeBatch(lingered)) != null) {
            if (calls.deadline().passed()) {
                // Not by way of [#callEnded], which would come back here: a long queue would grow the stack.
                batch.forEach(its -> its.giveUp(WriteCalls.NO_TIME));
                giveBackCall();
            } else {
                write(batch);
            }
        }
    }

    /// The next batch to write; null where there is none, or it may still fill, or enough calls are under way.
    private @Nullable List<Waiting> takeBatch(boolean lingered) {
        lock.lock();
        try {
            if (lingered) {
                lingering = false;
            }
            if (waiting.isEmpty() || underWay == CALLS_MAX) {
                return null;
            }
            if (waiting.size() < BATCH_ITEMS_MAX && !lingered) {
                linger();
                return null;
            }
            List<Waiting> batch = new ArrayList<>(BATCH_ITEMS_MAX);
            while (batch.size() < BATCH_ITEMS_MAX && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            underWay++;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        if (!lingering) {
            lingering = true;
            var _ = calls.time().after(calls.deadline().cap(LINGER), () -> callOrLinger(true));
        }
    }

    private void write(List<Waiting> batch) {
        var _ = calls.deadline().cut(call(batch)).whenComplete((response, failure) -> {
            try {
                if (failure == null) {
                    settle(batch, response);
                } else {
                    handle(batch, failure);
                }
            } catch (RuntimeException fault) {
                // An answer that is not as the SDK promises must not leave its records waiting for ever.
                batch.forEach(its -> its.giveUp("the table's answer cannot be read: " + fault));
            } finally {
                callEnded();
            }
        });
    }

    private CompletableFuture<BatchWriteItemResponse> call(List<Waiting> batch) {
        try {
            return calls.client().batchWriteItem(requestOf(batch));
        } catch (RuntimeException unsent) {
            // Not the SDK's way to say that a call failed, but nothing may wait for ever.
            return CompletableFuture.failedFuture(unsent);
        }
    }

    private void callEnded() {
        giveBackCall();
        callOrLinger(false);
    }

    private void giveBackCall() {
        lock.lock();
        try {
            underWay--;
        } finally {
            lock.unlock();
        }
    }

    private BatchWriteItemRequest requestOf(List<Waiting> batch) {
        List<WriteRequest> puts = batch.stream()
                .map(its -> WriteRequest.builder()
                        .putRequest(PutRequest.builder().item(its.record.item()).build())
                        .build())
                .toList();
        return BatchWriteItemRequest.builder()
                .requestItems(Map.of(calls.table(), puts))
                .build();
    }

    /// UnprocessedItems are part of a success, and no one but us retries them.
    private void settle(List<Waiting> batch, BatchWriteItemResponse response) {
        List<RecordKey> unprocessed = response.unprocessedItems().getOrDefault(calls.table(), List.of()).stream()
                .map(request -> keyOf(request.putRequest().item()))
                .toList();
        if (!unprocessed.isEmpty()) {
            calls.feedback().refused();
        }
        calls.feedback().written(batch.size() - unprocessed.size());
        for (Waiting its : batch) {
            if (unprocessed.contains(its.record.key())) {
                again(its, "the table kept leaving it unprocessed");
            } else {
                its.written();
            }
        }
    }

    private static RecordKey keyOf(Map<String, AttributeValue> item) {
        AttributeValue batchId = item.get("batchId");
        AttributeValue url = item.get("url");
        return new RecordKey(batchId == null ? "" : batchId.s(), url == null ? "" : url.s());
    }

    private void handle(List<Waiting> batch, Throwable failure) {
        switch (TableFault.of(failure)) {
            // One item spoils a whole batch: alone, each has its own fate.
            case REJECTED_CONTENT -> batch.forEach(this::writeAlone);
            // Also where no call will succeed: records that wait hold fetches back, those given up at once would not.
            case REFUSED, CONDITION -> {
                calls.feedback().refused();
                batch.forEach(its -> again(its, CallFault.describe(failure)));
            }
        }
    }

    private void writeAlone(Waiting its) {
        var _ = alone.put(() -> its.record, _ -> RecordOrder.NONE).thenAccept(its.result::complete);
    }

    private void again(Waiting its, String reason) {
        Duration delay = calls.backoff().delay(its.tries + 1);
        if (!calls.deadline().allows(delay)) {
            its.giveUp(reason);
            return;
        }
        var _ = calls.time().after(delay, () -> {
            lock.lock();
            try {
                waiting.add(new Waiting(its.record, its.tries + 1, its.result));
            } finally {
                lock.unlock();
            }
            callOrLinger(false);
        });
    }

    private static final class Waiting {
        private final ResultRecord record;
        private final int tries;
        private final CompletableFuture<WriteResult> result;

        private Waiting(ResultRecord record, int tries) {
            this(record, tries, new CompletableFuture<>());
        }

        private Waiting(ResultRecord record, int tries, CompletableFuture<WriteResult> result) {
            this.record = record;
            this.tries = tries;
            this.result = result;
        }

        private void written() {
            result.complete(new WriteResult.Written(false));
        }

        private void giveUp(String reason) {
            result.complete(new WriteResult.NotWritten(reason));
        }
    }
}
