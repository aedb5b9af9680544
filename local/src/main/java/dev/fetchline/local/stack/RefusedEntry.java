package dev.fetchline.local.stack;

import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;

/// Why SQS did not take a message of a SendMessageBatch, and whether it may take it yet.
///
/// @param entry as it was answered
public record RefusedEntry(BatchResultErrorEntry entry) {
    /// Whether the same message may be taken at another try. That the key of an encrypted queue is throttled counts as
    /// the sender's fault (`KMS.ThrottlingException`).
    public boolean isTransient() {
        return !Boolean.TRUE.equals(entry.senderFault())
                || String.valueOf(entry.code()).contains("Throttl");
    }

    /// Whether it is refused for its `MessageGroupId`: emulators from before fair queues do so
    /// (<https://github.com/localstack/localstack/issues/12898>).
    public boolean isForItsGroup() {
        return !isTransient() && String.valueOf(entry.message()).contains("MessageGroupId");
    }
}
