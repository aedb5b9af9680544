package dev.fetchline.local.redrive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchResponse;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// A client of SQS that answers what a test tells it to, and remembers what it was asked.
final class ScriptedQueue implements SqsAsyncClient {
    /// Answers to ReceiveMessage, in their order; after them there are no messages.
    final Deque<List<Message>> received = new ArrayDeque<>();

    /// Receipt handles that were to be deleted.
    final List<String> deleted = new CopyOnWriteArrayList<>();

    /// Entries that were taken.
    final List<SendMessageBatchRequestEntry> taken = new CopyOnWriteArrayList<>();

    /// Says why an entry is not taken.
    private final Refusing refusing;

    private int sends;

    @FunctionalInterface
    interface Refusing {
        /// @param send how many calls were before
        /// @return a failure without an id, or null
        BatchResultErrorEntry.Builder refuse(int send, SendMessageBatchRequestEntry entry);
    }

    ScriptedQueue(Refusing refusing) {
        this.refusing = refusing;
    }

    ScriptedQueue() {
        this((_, _) -> null);
    }

    @Override
    public CompletableFuture<ReceiveMessageResponse> receiveMessage(ReceiveMessageRequest request) {
        List<Message> messages = received.isEmpty() ? List.of() : received.removeFirst();
        return CompletableFuture.completedFuture(
                ReceiveMessageResponse.builder().messages(messages).build());
    }

    @Override
    public CompletableFuture<DeleteMessageBatchResponse> deleteMessageBatch(DeleteMessageBatchRequest request) {
        request.entries().stream()
                .map(DeleteMessageBatchRequestEntry::receiptHandle)
                .forEach(deleted::add);
        return CompletableFuture.completedFuture(
                DeleteMessageBatchResponse.builder().build());
    }

    @Override
    public CompletableFuture<ChangeMessageVisibilityBatchResponse> changeMessageVisibilityBatch(
            ChangeMessageVisibilityBatchRequest request) {
        return CompletableFuture.completedFuture(
                ChangeMessageVisibilityBatchResponse.builder().build());
    }

    @Override
    public CompletableFuture<SendMessageBatchResponse> sendMessageBatch(SendMessageBatchRequest request) {
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        List<SendMessageBatchResultEntry> successful = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            BatchResultErrorEntry.Builder refusal = refusing.refuse(sends, entry);
            if (refusal == null) {
                taken.add(entry);
                successful.add(SendMessageBatchResultEntry.builder()
                        .id(entry.id())
                        .messageId("sent-" + taken.size())
                        .build());
            } else {
                failed.add(refusal.id(entry.id()).build());
            }
        }
        sends++;
        return CompletableFuture.completedFuture(SendMessageBatchResponse.builder()
                .successful(successful)
                .failed(failed)
                .build());
    }

    @Override
    public String serviceName() {
        return "sqs";
    }

    @Override
    public void close() {}
}
