package dev.fetchline.local.cli;

import dev.fetchline.queue.Quarantine;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A message that ended on the dead-letter queue.
///
/// @param messageId of the message as it was sent
/// @param reason why it is there, one sentence
/// @param body as far as it was kept
record DeadLetter(String messageId, String reason, String body) {
    static List<DeadLetter> all(List<Message> messages) {
        return messages.stream().map(DeadLetter::of).toList();
    }

    private static DeadLetter of(Message message) {
        // The function quarantines by sending a message of its own; what SQS itself moves keeps its id and has no
        // reason.
        return new DeadLetter(
                attribute(message, Quarantine.ORIGINAL_MESSAGE_ID, message.messageId()),
                attribute(
                        message, Quarantine.REASON, "it was received as often as the queue allows and never finished"),
                message.body());
    }

    private static String attribute(Message message, String name, String otherwise) {
        MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null || value.stringValue() == null ? otherwise : value.stringValue();
    }

    String sentence() {
        return "message " + messageId + " is on the dead-letter queue: "
                + PrintableText.of(reason.replaceFirst("[.]$", "")) + ".";
    }
}
