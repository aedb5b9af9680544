package dev.fetchline.local.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;

/// Takes handled messages off the queue. A message that cannot be deleted comes again after its visibility timeout;
/// at-least-once is the queue's promise, so that is no error.
final class QueueCleaner {
    private static final int ENTRIES_MAX = 10;
    private static final int ATTEMPTS_MAX = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SqsAsyncClient sqs;
    private final String queueUrl;

    QueueCleaner(SqsAsyncClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    void delete(List<SqsRecord> records) {
        for (int from = 0; from < records.size(); from += ENTRIES_MAX) {
            deleteTen(records.subList(from, Math.min(from + ENTRIES_MAX, records.size())));
        }
    }

    private void deleteTen(List<SqsRecord> records) {
        List<DeleteMessageBatchRequestEntry> left = new ArrayList<>();
        records.forEach(record -> left.add(DeleteMessageBatchRequestEntry.builder()
                .id(Integer.toString(left.size()))
                .receiptHandle(record.receiptHandle())
                .build()));
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !left.isEmpty(); attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(PAUSE.toNanos() << attempt);
            }
            Set<String> failed = failed(left);
            left.removeIf(entry -> !failed.contains(entry.id()));
        }
    }

    private Set<String> failed(List<DeleteMessageBatchRequestEntry> entries) {
        try {
            return Calls.await(sqs.deleteMessageBatch(
                            request -> request.queueUrl(queueUrl).entries(entries)))
                    .failed()
                    .stream()
                    .map(BatchResultErrorEntry::id)
                    .collect(Collectors.toSet());
        } catch (SdkException _) {
            return entries.stream().map(DeleteMessageBatchRequestEntry::id).collect(Collectors.toSet());
        }
    }

    /// Makes messages visible again; best effort, for they become so by themselves.
    void giveBack(List<SqsRecord> records) {
        for (int from = 0; from < records.size(); from += ENTRIES_MAX) {
            List<ChangeMessageVisibilityBatchRequestEntry> entries = new ArrayList<>();
            for (SqsRecord record : records.subList(from, Math.min(from + ENTRIES_MAX, records.size()))) {
                entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id(Integer.toString(entries.size()))
                        .receiptHandle(record.receiptHandle())
                        .visibilityTimeout(0)
                        .build());
            }
            try {
                Calls.await(sqs.changeMessageVisibilityBatch(
                        request -> request.queueUrl(queueUrl).entries(entries)));
            } catch (SdkException _) {
                // They become visible by themselves, later.
            }
        }
    }
}
