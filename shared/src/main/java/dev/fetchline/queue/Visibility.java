package dev.fetchline.queue;

import dev.fetchline.pace.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;

/// Lets messages that are reported back come again soon: without it they wait out the queue's visibility timeout.
public final class Visibility {
    static final Duration SOONEST = Duration.ofSeconds(30);
    static final Duration LATEST = Duration.ofMinutes(2);

    /// What one ChangeMessageVisibilityBatch takes (its API reference).
    private static final int ENTRIES_MAX = 10;

    private final SqsAsyncClient client;
    private final String queueUrl;
    private final DoubleSupplier random;

    /// The visibility of messages of the queue at `queueUrl`.
    ///
    /// @param random draws from 0 (inclusive) to 1 (exclusive)
    public Visibility(SqsAsyncClient client, String queueUrl, DoubleSupplier random) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.random = random;
    }

    /// Best effort: completes whether SQS took it or not, for the messages come back in any case. To be called only
    /// after every write and fetch of the invocation has ended, or a second delivery could run beside this one.
    public CompletableFuture<Void> shorten(List<QueueMessage> messages, Deadline deadline) {
        if (deadline.passed()) {
            return CompletableFuture.completedFuture(null);
        }
        List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
        for (QueueMessage message : messages) {
            if (message.receiptHandle() != null) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(drawSeconds())
                        .build());
            }
        }
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int at = 0; at < entries.size(); at += ENTRIES_MAX) {
            calls.add(deadline.cut(client.changeMessageVisibilityBatch(ChangeMessageVisibilityBatchRequest.builder()
                    .queueUrl(queueUrl)
                    .entries(entries.subList(at, Math.min(at + ENTRIES_MAX, entries.size())))
                    .build())));
        }
        return CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new))
                .exceptionally(_ -> null);
    }

    private int drawSeconds() {
        return (int) (SOONEST.toSeconds() + random.getAsDouble() * (LATEST.toSeconds() - SOONEST.toSeconds() + 1));
    }
}
