package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.stack.DeadLetterQueue;
import dev.fetchline.local.stack.DeadMessage;
import dev.fetchline.local.target.Target;
import java.io.IOException;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

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
        DeadMessage dead = DeadMessage.of(message);
        String body = message.body();
        json.writeStartObject();
        json.writeStringField("messageId", dead.originalId());
        json.writeStringField(
                "reason",
                dead.givenReason().orElse("It was received as often as the queue allows and never finished."));
        json.writeNumberField("sentAt", dead.sentAt().toEpochMilli());
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
}
