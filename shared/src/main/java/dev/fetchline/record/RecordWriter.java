package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.pace.WriteFeedback;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// Writes the records of one invocation: 25 to a call, a few calls at a time, until each is durable or the
/// deadline has passed; calls still unanswered then are cut off, for the SDK's own limits may reach past it. Two
/// records of one invocation never have the same key.
public final class RecordWriter {
    /// What one BatchWriteItem takes (its API reference).
    static final int BATCH_ITEMS_MAX = 25;

    /// Enough to keep the table busy; each call holds a connection.
    static final int CALLS_MAX = 8;

    /// How long a record waits for others to share its call: an item in a full batch costs a fifth of one alone.
    static final Duration LINGER = Duration.ofMillis(20);

    /// PutItem calls under way at once: a conditional write has no batch form.
    static final int PUTS_MAX = 32;

    private static final String NO_TIME = "no time was left to write it";

    private final DynamoDbAsyncClient client;
    private final String table;
    private final Time time;
    private final Deadline deadline;
    private final Backoff backoff;
    private final WriteFeedback feedback;

    private final HostGate putPlaces = new HostGate(PUTS_MAX, PUTS_MAX, Long.MAX_VALUE, Integer.MAX_VALUE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int calls;
    private boolean lingering;

    RecordWriter(
            DynamoDbAsyncClient client,
            String table,
            Time time,
            Backoff backoff,
            WriteFeedback feedback,
            Deadline deadline) {
        this.client = client;
        this.table = table;
        this.time = time;
        this.deadline = deadline;
        this.backoff = backoff;
        this.feedback = feedback;
    }

    /// Writes a record of a first receive: whatever the table has under its key is older, so no condition is needed.
    public CompletableFuture<WriteResult> write(ResultRecord record) {
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

    /// Writes a record of a redelivered message or a deferral, and any RETRYING one, unless one that stands above it is
    /// there.
    public CompletableFuture<WriteResult> writeUnlessDone(ResultRecord record) {
        return writeUnlessDone(() -> record);
    }

    /// As [#writeUnlessDone(ResultRecord)], for many at a time: each is made only when its turn to be written has come.
    public CompletableFuture<WriteResult> writeUnlessDone(Supplier<ResultRecord> record) {
        return put(record, 0, RecordOrder::of);
    }

    private void callOrLinger(boolean lingered) {
        List<Waiting> batch;
        while ((batch = takeBatch(lingered)) != null) {
            if (deadline.passed()) {
                // Not by way of [#callEnded], which would come back here: a long queue would grow the stack.
                batch.forEach(its -> its.giveUp(NO_TIME));
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
            if (waiting.isEmpty() || calls == CALLS_MAX) {
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
            calls++;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void linger() {
        if (!lingering) {
            lingering = true;
            var _ = time.after(deadline.cap(LINGER), () -> callOrLinger(true));
        }
    }

    private void write(List<Waiting> batch) {
        var _ = deadline.cut(call(batch)).whenComplete((response, failure) -> {
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
            return client.batchWriteItem(requestOf(batch));
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
            calls--;
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
        return BatchWriteItemRequest.builder().requestItems(Map.of(table, puts)).build();
    }

    /// UnprocessedItems are part of a success, and no one but us retries them.
    private void settle(List<Waiting> batch, BatchWriteItemResponse response) {
        List<RecordKey> unprocessed = response.unprocessedItems().getOrDefault(table, List.of()).stream()
                .map(request -> keyOf(request.putRequest().item()))
                .toList();
        if (!unprocessed.isEmpty()) {
            feedback.refused();
        }
        feedback.written(batch.size() - unprocessed.size());
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
            case TRANSIENT, PERMANENT, CONDITION -> {
                feedback.refused();
                batch.forEach(its -> again(its, CallFault.describe(failure)));
            }
        }
    }

    private void writeAlone(Waiting its) {
        var _ = put(() -> its.record, 0, _ -> RecordOrder.NONE).thenAccept(its.result::complete);
    }

    private void again(Waiting its, String reason) {
        Duration delay = backoff.delay(its.tries + 1);
        if (!deadline.allows(delay)) {
            its.giveUp(reason);
            return;
        }
        var _ = time.after(delay, () -> {
            lock.lock();
            try {
                waiting.add(new Waiting(its.record, its.tries + 1, its.result));
            } finally {
                lock.unlock();
            }
            callOrLinger(false);
        });
    }

    private CompletableFuture<WriteResult> put(
            Supplier<ResultRecord> record, int tries, Function<ResultRecord, RecordOrder> order) {
        return putPlaces
                .within(table, 1, deadline, () -> putNow(record.get(), order))
                .thenCompose(done -> done.map(failed -> afterPut(record, tries, order, failed))
                        .orElseGet(() -> done(new WriteResult.NotWritten(NO_TIME))));
    }

    /// Completes with what went wrong, or with nothing where all is well.
    private CompletableFuture<Optional<Throwable>> putNow(
            ResultRecord record, Function<ResultRecord, RecordOrder> order) {
        PutItemRequest.Builder request =
                PutItemRequest.builder().tableName(table).item(record.item());
        order.apply(record).apply(request);
        return deadline.cut(client.putItem(request.build())).handle((_, failure) -> Optional.ofNullable(failure));
    }

    private CompletableFuture<WriteResult> afterPut(
            Supplier<ResultRecord> record,
            int tries,
            Function<ResultRecord, RecordOrder> order,
            Optional<Throwable> failed) {
        TableFault fault = failed.map(TableFault::of).orElse(TableFault.CONDITION);
        if (fault == TableFault.CONDITION) {
            feedback.written(1);
            return done(new WriteResult.Written());
        }
        String reason = CallFault.describe(failed.get());
        if (fault == TableFault.REJECTED_CONTENT) {
            return done(new WriteResult.NotWritten(reason));
        }
        feedback.refused();
        Duration delay = backoff.delay(tries + 1);
        return deadline.allows(delay)
                ? time.sleep(delay).thenCompose(_ -> put(record, tries + 1, order))
                : done(new WriteResult.NotWritten(reason));
    }

    private static CompletableFuture<WriteResult> done(WriteResult result) {
        return CompletableFuture.completedFuture(result);
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
            result.complete(new WriteResult.Written());
        }

        private void giveUp(String reason) {
            result.complete(new WriteResult.NotWritten(reason));
        }
    }
}
