package dev.fetchline.local.stack;

import dev.fetchline.queue.Quarantine;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// What a message of the dead-letter queue says of itself. The function quarantines by sending a message of its own,
/// with the reason; what SQS itself moves keeps its id and has no reason.
///
/// @param originalId id of the message as it was first sent
/// @param givenReason why the function put it there, one sentence; empty where SQS moved it
/// @param isTruncated whether its body is only the beginning of what was sent
/// @param sentAt when it was sent, which SQS keeps when it moves a message; 1970 where that is unknown
public record DeadMessage(String originalId, Optional<String> givenReason, boolean isTruncated, Instant sentAt) {
    /// Why SQS itself moves a message, which gives no reason with it.
    public static final String RECEIVED_TOO_OFTEN = "it was received as often as the queue allows and never finished";

    /// Reads one.
    ///
    /// @param message as it was received with all its attributes
    public static DeadMessage of(Message message) {
        String originalId = attribute(message, Quarantine.ORIGINAL_MESSAGE_ID);
        return new DeadMessage(
                originalId == null ? message.messageId() : originalId,
                Optional.ofNullable(attribute(message, Quarantine.REASON)),
                message.messageAttributes().containsKey(Quarantine.TRUNCATED),
                sentAt(message));
    }

    /// Why it is there, one sentence.
    public String reason() {
        return givenReason.orElse(RECEIVED_TOO_OFTEN);
    }

    private static @Nullable String attribute(Message message, String name) {
        MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null ? null : value.stringValue();
    }

    private static Instant sentAt(Message message) {
        String sent = message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "");
        return sent.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(sent)) : Instant.EPOCH;
    }
}
