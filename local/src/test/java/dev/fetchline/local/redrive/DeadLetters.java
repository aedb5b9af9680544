package dev.fetchline.local.redrive;

import dev.fetchline.queue.Quarantine;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// Dead letters as SQS hands them over.
final class DeadLetters {
    static final String ID = "5e3a4f0c-0000-4000-8000-000000000001";

    /// When it was sent, epoch milliseconds.
    static final long SENT_AT = 1_767_225_600_000L;

    private DeadLetters() {}

    /// Moved by SQS after too many receives.
    static DeadLetter moved(String body) {
        return DeadLetter.of(message(body, Map.of()));
    }

    /// Put there by the function, with its reason.
    static DeadLetter quarantined(String body, String reason) {
        return DeadLetter.of(
                message(body, Map.of(Quarantine.REASON, reason, Quarantine.ORIGINAL_MESSAGE_ID, "original-1")));
    }

    static DeadLetter truncated(String body) {
        return DeadLetter.of(message(
                body,
                Map.of(
                        Quarantine.REASON,
                        "too large",
                        Quarantine.ORIGINAL_MESSAGE_ID,
                        "original-1",
                        Quarantine.TRUNCATED,
                        "true")));
    }

    static Message message(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        return Message.builder()
                .messageId(ID)
                .receiptHandle("handle")
                .body(body)
                .messageAttributes(values)
                .attributes(Map.of(MessageSystemAttributeName.SENT_TIMESTAMP, Long.toString(SENT_AT)))
                .build();
    }
}
