package dev.fetchline.queue;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// One SQS message as Lambda handed it over.
///
/// @param messageId SQS's own
/// @param receiptHandle of this receive; null where the event has none, as one made by hand
/// @param sentAt when it was sent, epoch milliseconds
/// @param receiveCount how often it was received, this receive included; 1 or more
/// @param groupId its MessageGroupId, by which SQS is fair between senders; null for none
/// @param attributes its message attributes, the sender's own
public record QueueMessage(
        String messageId,
        @Nullable String receiptHandle,
        String body,
        long sentAt,
        int receiveCount,
        @Nullable String groupId,
        Map<String, MessageAttributeValue> attributes) {
    public QueueMessage {
        attributes = Map.copyOf(attributes);
    }

    /// Whether an earlier delivery may have left records.
    public boolean isRedelivered() {
        return receiveCount > 1;
    }
}
