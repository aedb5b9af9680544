package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.stack.DeadLetterQueue;
import dev.fetchline.local.target.Target;
import dev.fetchline.queue.Quarantine;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Messages that could not be read or kept failing, with the reason where the function gave one.
///
/// @param target that has the queue
record DeadLetters(Target target) {
    private static final int MOST = 100;

    /// The page shows a message's beginning; the whole is for the tools.
    private static final int BODY_CHARACTERS_MAX = 4_000;

    PageAnswer some() {
        List<Message> messages = new DeadLetterQueue(target.sqs(), target.deadLetterQueueUrl()).look(MOST);
        return PageJson.object(json -> {
            json.writeNumberField("most", MOST);
            json.writeArrayFieldStart("messages");
            for (Message message : messages) {
                write(json, message);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Message message) throws IOException {
        String original = attribute(message, Quarantine.ORIGINAL_MESSAGE_ID);
        String reason = attribute(message, Quarantine.REASON);
        String body = message.body();
        json.writeStartObject();
        json.writeStringField("messageId", original == null ? message.messageId() : original);
        json.writeStringField(
                "reason", reason == null ? "It was received as often as the queue allows and never finished." : reason);
        json.writeNumberField(
                "sentAt",
                Long.parseLong(message.attributes().getOrDefault(MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
        json.writeStringField("body", beginningOf(body));
        json.writeNumberField("bodyCharacters", body.length());
        json.writeEndObject();
    }

    private static String beginningOf(String body) {
        if (body.length() <= BODY_CHARACTERS_MAX) {
            return body;
        }
        boolean isInPair = Character.isHighSurrogate(body.charAt(BODY_CHARACTERS_MAX - 1));
        return body.substring(0, isInPair ? BODY_CHARACTERS_MAX - 1 : BODY_CHARACTERS_MAX);
    }

    private static @Nullable String attribute(Message message, String name) {
        MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null ? null : value.stringValue();
    }
}
