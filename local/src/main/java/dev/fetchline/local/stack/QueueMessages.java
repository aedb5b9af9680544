package dev.fetchline.local.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// What a person does with the queues: put messages on one, count them, look at those that failed.
record QueueMessages(SqsAsyncClient sqs, StackResources resources) {
    /// SQS's limit of a message, and of all messages of one call together. The local server counts characters; here it
    /// is bytes, as in SQS.
    static final int BYTES_MAX = 1024 * 1024;

    private static final QueueAttributeName VISIBLE = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
    private static final QueueAttributeName IN_FLIGHT = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE;
    private static final QueueAttributeName DELAYED = QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED;

    private static final int ENTRIES_MAX = 10;
    private static final int ATTEMPTS_MAX = 5;
    private static final Duration PAUSE = Duration.ofMillis(50);

    List<String> send(List<String> bodies) {
        @Nullable String[] ids = new String[bodies.size()];
        int from = 0;
        int bytes = 0;
        for (int index = 0; index < bodies.size(); index++) {
            int size = checkedSize(bodies.get(index), index);
            if (index - from == ENTRIES_MAX || bytes + size > BYTES_MAX) {
                sendTogether(bodies, from, index, ids);
                from = index;
                bytes = 0;
            }
            bytes += size;
        }
        sendTogether(bodies, from, bodies.size(), ids);
        return Arrays.stream(ids).map(id -> id == null ? "" : id).toList();
    }

    private static int checkedSize(String body, int index) {
        int size = body.getBytes(StandardCharsets.UTF_8).length;
        if (size == 0) {
            throw new LocalStackException("Message " + (index + 1) + " is empty, which a queue does not take.");
        }
        if (size > BYTES_MAX) {
            throw new LocalStackException("Message " + (index + 1) + " has " + size
                    + " bytes and a queue takes messages of at most " + BYTES_MAX + "; split it.");
        }
        return size;
    }

    private void sendTogether(List<String> bodies, int from, int to, @Nullable String[] ids) {
        Map<String, SendMessageBatchRequestEntry> left = new LinkedHashMap<>();
        for (int index = from; index < to; index++) {
            String id = Integer.toString(index);
            left.put(
                    id,
                    SendMessageBatchRequestEntry.builder()
                            .id(id)
                            .messageBody(bodies.get(index))
                            .build());
        }
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            SendMessageBatchResponse answer = call(left, from, to);
            answer.successful().forEach(sent -> {
                ids[Integer.parseInt(sent.id())] = sent.messageId();
                left.remove(sent.id());
            });
            for (BatchResultErrorEntry failed : answer.failed()) {
                if (!new RefusedEntry(failed).isTransient() || attempt + 1 == ATTEMPTS_MAX) {
                    throw new LocalStackException("The queue does not take message "
                            + (Integer.parseInt(failed.id()) + 1) + ": " + failed.message() + ".");
                }
            }
            if (!left.isEmpty()) {
                LockSupport.parkNanos(PAUSE.toNanos() << attempt);
            }
        }
    }

    private SendMessageBatchResponse call(Map<String, SendMessageBatchRequestEntry> entries, int from, int to) {
        try {
            return Calls.await(sqs.sendMessageBatch(
                    request -> request.queueUrl(resources.queueUrl()).entries(entries.values())));
        } catch (SdkException e) {
            throw new LocalStackException(
                    "The queue does not take messages " + (from + 1) + " to " + to + ": " + e.getMessage() + ".", e);
        }
    }

    /// What is on the queue, by the state of the messages.
    QueueCounts counts() {
        return count(resources.queueUrl());
    }

    /// When the oldest message of the queue was sent; empty where there is none.
    Optional<Instant> oldestSent(SendTimes times) {
        String queue = resources.queueUrl().substring(resources.queueUrl().lastIndexOf('/') + 1);
        Instant now = Instant.now();
        if (times.oldest(queue).isPresent() && counts().all() == 0) {
            times.forget(queue, now);
        }
        return times.oldest(queue);
    }

    long deadLetters() {
        return count(resources.deadLetterQueueUrl()).all();
    }

    private QueueCounts count(String queueUrl) {
        Map<QueueAttributeName, String> counts = Calls.ask(
                        "the queue " + queueUrl,
                        sqs.getQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributeNames(VISIBLE, IN_FLIGHT, DELAYED)))
                .attributes();
        return new QueueCounts(number(counts, VISIBLE), number(counts, IN_FLIGHT), number(counts, DELAYED));
    }

    private static long number(Map<QueueAttributeName, String> counts, QueueAttributeName name) {
        return Long.parseLong(counts.getOrDefault(name, "0"));
    }

    /// Messages of the dead-letter queue. They are received to be seen and then made visible again.
    List<Message> deadLetterMessages(int most) {
        return new DeadLetterQueue(sqs, resources.deadLetterQueueUrl()).look(most);
    }
}
