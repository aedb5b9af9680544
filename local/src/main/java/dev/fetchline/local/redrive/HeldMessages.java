package dev.fetchline.local.redrive;

import dev.fetchline.local.target.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Messages of a queue that this run has received. Nobody else receives them until they are deleted or given back;
/// when the run is killed, that is so for two minutes (for fifteen where it held thousands).
final class HeldMessages implements AutoCloseable {
    /// SQS lets 120,000 messages of a queue be in flight (its quotas); others may read this one as well.
    static final int COUNT_MAX = 100_000;

    private static final int ENTRIES_MAX = 10;
    private static final int POLL_SECONDS = 1;
    private static final Duration HIDDEN = Duration.ofMinutes(2);

    /// With more of them, extending each as often as a few would be all that this run does.
    private static final Duration HIDDEN_OF_MANY = Duration.ofMinutes(15);

    private static final int MANY = 5_000;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final int CALLS_AT_ONCE = 16;
    private static final int CLOSE_SECONDS_MAX = 10;

    private final SqsAsyncClient sqs;
    private final String queueUrl;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final ScheduledExecutorService extending =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

    /// @param until when the queue shows it again, on [System#nanoTime]
    private record Held(String receiptHandle, long until, Duration hidden) {}

    HeldMessages(SqsAsyncClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        var _ = extending.scheduleWithFixedDelay(
                this::extend, BETWEEN_LOOKS.toSeconds(), BETWEEN_LOOKS.toSeconds(), TimeUnit.SECONDS);
    }

    /// Receives some messages that this run has not had yet; none when the queue has shown all that it has.
    List<Message> receive() {
        while (!isFull()) {
            List<Message> received = answerOf(() -> sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                            .maxNumberOfMessages(ENTRIES_MAX)
                            .visibilityTimeout((int) HIDDEN.toSeconds())
                            // A long poll asks all of the queue's servers; a short one may miss messages.
                            .waitTimeSeconds(POLL_SECONDS)
                            .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                            .messageAttributeNames("All")))
                    .messages();
            if (received.isEmpty()) {
                return received;
            }
            List<Message> fresh = received.stream().filter(this::hold).toList();
            if (!fresh.isEmpty()) {
                return fresh;
            }
        }
        return List.of();
    }

    /// Whether it is a message that this run has not had before. A queue may show one twice, even one that is deleted.
    private boolean hold(Message message) {
        boolean isKnown = deleted.contains(message.messageId());
        Held before = held.put(
                message.messageId(), new Held(message.receiptHandle(), System.nanoTime() + HIDDEN.toNanos(), HIDDEN));
        return before == null && !isKnown;
    }

    /// A message that this run itself has put on the queue: not to be looked at.
    void passOver(String messageId) {
        deleted.add(messageId);
    }

    /// Whether no more are received before some are deleted.
    boolean isFull() {
        return held.size() >= COUNT_MAX;
    }

    /// Deletes messages.
    ///
    /// @return those of them that are still there
    List<Message> delete(List<Message> messages) {
        List<Message> left = new ArrayList<>(messages);
        for (int attempt = 0; attempt < 3 && !left.isEmpty(); attempt++) {
            List<Message> failed = new ArrayList<>();
            for (int from = 0; from < left.size(); from += ENTRIES_MAX) {
                failed.addAll(deleteTen(left.subList(from, Math.min(from + ENTRIES_MAX, left.size()))));
            }
            left = failed;
        }
        return left;
    }

    private List<Message> deleteTen(List<Message> messages) {
        List<DeleteMessageBatchRequestEntry> entries = new ArrayList<>();
        messages.forEach(message -> entries.add(DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(entries.size()))
                .receiptHandle(latestHandle(message))
                .build()));
        Set<String> failed = new HashSet<>();
        try {
            DeleteMessageBatchResponse answer = sqs.deleteMessageBatch(
                            request -> request.queueUrl(queueUrl).entries(entries))
                    .join();
            answer.failed().stream().map(BatchResultErrorEntry::id).forEach(failed::add);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof SdkException)) {
                throw e;
            }
            return messages;
        }
        List<Message> left = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            if (failed.contains(Integer.toString(i))) {
                left.add(message);
            } else {
                held.remove(message.messageId());
                deleted.add(message.messageId());
            }
        }
        return left;
    }

    /// Of a message that was received again meanwhile only the last handle is sure to delete it.
    private String latestHandle(Message message) {
        Held its = held.get(message.messageId());
        return its == null ? message.receiptHandle() : its.receiptHandle;
    }

    /// Keeps hidden what would soon be shown.
    private void extend() {
        Duration hidden = held.size() > MANY ? HIDDEN_OF_MANY : HIDDEN;
        long now = System.nanoTime();
        List<String> due = held.entrySet().stream()
                .filter(one ->
                        one.getValue().until - now < one.getValue().hidden.toNanos() / 2)
                .map(Map.Entry::getKey)
                .toList();
        changeVisibility(due, hidden);
        due.forEach(id -> held.computeIfPresent(
                id, (_, before) -> new Held(before.receiptHandle, now + hidden.toNanos(), hidden)));
    }

    /// Shows all of them again, at once; best effort, for they become visible by themselves.
    void giveBack() {
        changeVisibility(List.copyOf(held.keySet()), Duration.ZERO);
        held.clear();
    }

    private void changeVisibility(List<String> ids, Duration hidden) {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += ENTRIES_MAX) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (String id : ids.subList(from, Math.min(from + ENTRIES_MAX, ids.size()))) {
                Held its = held.get(id);
                if (its != null) {
                    entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                            .id(Integer.toString(entries.size()))
                            .receiptHandle(its.receiptHandle)
                            .visibilityTimeout((int) hidden.toSeconds())
                            .build());
                }
            }
            if (!entries.isEmpty()) {
                calls.add(sqs.changeMessageVisibilityBatch(
                                request -> request.queueUrl(queueUrl).entries(entries))
                        .handle((_, _) -> null));
            }
            if (calls.size() == CALLS_AT_ONCE) {
                CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
                calls.clear();
            }
        }
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).join();
    }

    private <T> T answerOf(java.util.function.Supplier<CompletableFuture<T>> call) {
        try {
            return call.get().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SdkException fault) {
                throw new TargetException("the dead-letter queue " + queueUrl + " cannot be read (" + Sentence.of(fault)
                        + "): look at its address and at the permission sqs:ReceiveMessage.");
            }
            throw e;
        }
    }

    @Override
    public void close() {
        extending.shutdown();
        try {
            // One that is under way would hide again what is shown now.
            var _ = extending.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        giveBack();
    }
}
