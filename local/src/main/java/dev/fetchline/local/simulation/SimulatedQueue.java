package dev.fetchline.local.simulation;

import dev.fetchline.queue.QueueMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// The queue and its dead-letter queue: visibility, delay, receive counts, redrive, at-least-once delivery in any
/// order.
final class SimulatedQueue {
    static final int MAX_RECEIVES = 8;

    private final World world;
    private final SplittableRandom random;
    private final long visibilityNanos;
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private int count;

    SimulatedQueue(World world, SplittableRandom random, long visibilityNanos) {
        this.world = world;
        this.random = random;
        this.visibilityNanos = visibilityNanos;
    }

    private static final class Message {
        private final String id;
        private final String body;
        private final long sentAt;
        private long visibleAt;
        private int receives;
        private @Nullable String receipt;

        Message(String id, String body, long sentAt, long visibleAt) {
            this.id = id;
            this.body = body;
            this.sentAt = sentAt;
            this.visibleAt = visibleAt;
        }
    }

    SqsAsyncClient clientFor(Environment environment) {
        return new SimulatedQueueClient(world, environment);
    }

    /// Takes a message.
    ///
    /// @return its id
    String add(String body, int delaySeconds) {
        String id = "m%04d".formatted(++count);
        long visibleAt = world.agenda().now() + delaySeconds * 1_000_000_000L;
        messages.put(id, new Message(id, body, world.wallMillis(), visibleAt));
        world.mapping().wakeAt(visibleAt);
        return id;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    int size() {
        return messages.size();
    }

    /// When the next message can be received; empty where there is none.
    Optional<Long> nextVisible() {
        return messages.values().stream().map(message -> message.visibleAt).min(Long::compare);
    }

    /// Hands out up to `max` of the visible messages, in no order.
    List<QueueMessage> receive(int max, String invocation) {
        long now = world.agenda().now();
        List<Message> visible = new ArrayList<>();
        for (Message message : messages.values()) {
            if (message.visibleAt <= now) {
                visible.add(message);
            }
        }
        List<QueueMessage> batch = new ArrayList<>();
        while (batch.size() < max && !visible.isEmpty()) {
            Message message = visible.remove(random.nextInt(visible.size()));
            receive(message, invocation).ifPresent(received -> {
                batch.add(received);
                if (world.faults().strikes(Fault.MESSAGE_TWICE_IN_A_BATCH)) {
                    batch.add(received);
                }
            });
        }
        return batch;
    }

    private Optional<QueueMessage> receive(Message message, String invocation) {
        long now = world.agenda().now();
        message.receives++;
        if (message.receives > MAX_RECEIVES) {
            messages.remove(message.id);
            world.history().add(new Event.Redriven(now, message.id, message.receives));
            return Optional.empty();
        }
        int shown = message.receives;
        message.visibleAt = now + visibilityNanos;
        message.receipt = message.id + "#" + message.receives;
        if (world.faults().strikes(Fault.MESSAGE_HANDED_OUT_TWICE)) {
            message.visibleAt = now + random.nextLong(visibilityNanos / 50);
            if (random.nextBoolean()) {
                // The copy of another of SQS's servers, which has not heard of this receive.
                message.receives--;
            }
            world.history().add(new Event.HandedOutTwice(now, message.id));
            world.mapping().wakeAt(message.visibleAt);
        }
        world.history().add(new Event.Received(now, message.id, invocation, shown));
        return Optional.of(
                new QueueMessage(message.id, message.receipt, message.body, message.sentAt, shown, null, Map.of()));
    }

    void delete(String id, String invocation) {
        long now = world.agenda().now();
        if (!messages.containsKey(id)) {
            return;
        }
        if (world.faults().strikes(Fault.DELETE_LOST)) {
            world.history().add(new Event.DeleteLost(now, id, invocation));
            return;
        }
        messages.remove(id);
        world.history().add(new Event.Deleted(now, id, invocation));
    }

    void changeVisibility(String receipt, int seconds) {
        for (Message message : messages.values()) {
            if (receipt.equals(message.receipt)) {
                message.visibleAt = world.agenda().now() + seconds * 1_000_000_000L;
                world.mapping().wakeAt(message.visibleAt);
            }
        }
    }
}
