package dev.fetchline.local.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/// Feeds the queue's messages to the function by Lambda's rules: batches by size, window and payload, so many at once,
/// and after each the good messages deleted and the failed ones left to their visibility timeout.
final class EventSourceMapping implements AutoCloseable {
    private static final int RECEIVED_MAX = 10;
    /// Short, so that stopping can wait for it: a poll that is abandoned may still take a message from the queue.
    private static final Duration LONG_POLL = Duration.ofSeconds(1);
    private static final Duration POLL_END_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SqsAsyncClient sqs;
    private final StackResources resources;
    private final MappingDefinition mapping;
    private final Disturbance disturbance;
    private final FunctionEnvironments environments;
    private final FunctionLog log;
    private final QueueCleaner cleaner;
    private final Semaphore places;
    /// Received, and without a place in the batch that was being collected: the first of the next one.
    private final Deque<SqsRecord> waiting = new ArrayDeque<>();

    private volatile boolean stopping;
    private volatile boolean closed;
    private volatile @Nullable Thread poller;

    EventSourceMapping(
            SqsAsyncClient sqs,
            StackResources resources,
            MappingDefinition mapping,
            Disturbance disturbance,
            FunctionEnvironments environments,
            FunctionLog log) {
        this.sqs = sqs;
        this.resources = resources;
        this.mapping = mapping;
        this.disturbance = disturbance;
        this.environments = environments;
        this.log = log;
        this.cleaner = new QueueCleaner(sqs, resources.queueUrl());
        this.places = new Semaphore(mapping.concurrencyMax());
    }

    synchronized void start() {
        if (poller == null && !closed) {
            poller = Thread.ofVirtual().name("fetchline-event-source-mapping").start(this::poll);
        }
    }

    private void poll() {
        try {
            while (!stopping && environments.failure().isEmpty()) {
                // A place first: a message that nobody can handle yet is better off on the queue.
                places.acquire();
                Batch batch = collect();
                if (batch.isEmpty() || stopping) {
                    waiting.addAll(batch.records());
                    places.release();
                } else {
                    handOut(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleaner.giveBack(List.copyOf(waiting));
            waiting.clear();
        }
    }

    private void handOut(Batch batch) {
        // The copy takes a place too, and goes without where there is none: waiting for one could hold up everything.
        if (disturbance.handsOutTwice(batch.size()) && places.tryAcquire()) {
            Thread.ofVirtual().start(() -> deliver(batch));
        }
        Thread.ofVirtual().start(() -> deliver(batch));
    }

    private Batch collect() {
        Batch batch = new Batch(mapping.batchSize());
        long firstAt = 0;
        while (!stopping) {
            while (!waiting.isEmpty()) {
                if (!batch.offer(waiting.peek())) {
                    return batch;
                }
                waiting.remove();
                firstAt = batch.size() == 1 ? System.nanoTime() : firstAt;
            }
            if (batch.isEmpty()) {
                receive(RECEIVED_MAX, LONG_POLL);
                continue;
            }
            Duration left = mapping.window().minusNanos(System.nanoTime() - firstAt);
            if (batch.full() || !left.isPositive()) {
                return batch;
            }
            receive(Math.min(RECEIVED_MAX, batch.room()), left);
        }
        return batch;
    }

    /// Waits for messages, at most so long. SQS waits in whole seconds; the rest of one is waited here.
    private void receive(int most, Duration wait) {
        int seconds = (int) Math.min(LONG_POLL.toSeconds(), wait.toSeconds());
        CompletableFuture<ReceiveMessageResponse> call =
                sqs.receiveMessage(request -> request.queueUrl(resources.queueUrl())
                        .maxNumberOfMessages(most)
                        .waitTimeSeconds(seconds)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"));
        List<Message> messages = messages(call);
        messages.forEach(message -> waiting.add(SqsRecord.of(message, resources.queueArn())));
        if (messages.isEmpty() && seconds == 0) {
            LockSupport.parkNanos(Math.min(PAUSE.toNanos(), wait.toNanos()));
        }
    }

    private static List<Message> messages(CompletableFuture<ReceiveMessageResponse> call) {
        try {
            return call.join().messages();
        } catch (RuntimeException e) {
            // Lambda's pollers outlive an unreachable queue, and so does this one; stopping ends it too.
            LockSupport.parkNanos(PAUSE.toNanos());
            return List.of();
        }
    }

    private void deliver(Batch batch) {
        try {
            Invocation invocation = environments.invoke(batch.event());
            Set<String> failed = BatchResponse.failed(invocation, batch.messageIds(), mapping.reportsFailures());
            cleaner.delete(batch.records().stream()
                    .filter(record -> !failed.contains(record.messageId()))
                    .toList());
        } catch (RuntimeException e) {
            // The messages come again. While the stack is being closed its clients fail, and that is nothing to say.
            if (!closed) {
                log.remark("a batch of " + batch.size() + " messages is left to its visibility timeout: " + e + ".");
            }
        } finally {
            places.release();
        }
    }

    /// Takes no more messages, lets the batches under way end, and gives back what was received and not handed on.
    void stop() {
        stopping = true;
        Thread thread = poller;
        try {
            if (thread != null) {
                thread.join();
            }
            places.acquire(mapping.concurrencyMax());
            places.release(mapping.concurrencyMax());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            stopping = false;
            poller = null;
        }
    }

    /// Takes no more messages, and waits for the poll under way, a few seconds at most: in an emulator that stays, one
    /// that is abandoned would take the first message of the next run with it for a whole visibility timeout.
    void endPoll() {
        closed = true;
        stopping = true;
        Thread thread = poller;
        try {
            if (thread != null) {
                var _ = thread.join(POLL_END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends at once; batches under way end with their environments.
    @Override
    public void close() {
        closed = true;
        stopping = true;
        Thread thread = poller;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
