package dev.fetchline.local.cli;

import dev.fetchline.local.stack.DeadMessage;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

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
        DeadMessage dead = DeadMessage.of(message);
        return new DeadLetter(dead.originalId(), dead.reason(), message.body());
    }

    String sentence() {
        return "message " + messageId + " is on the dead-letter queue: "
                + PrintableText.of(reason.replaceFirst("[.]$", "")) + ".";
    }
}
