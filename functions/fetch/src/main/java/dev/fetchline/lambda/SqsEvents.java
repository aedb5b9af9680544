package dev.fetchline.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.MessageAttribute;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.fetchline.queue.QueueMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Lambda's event as our own messages. Events made by hand often lack what SQS always sends; only what identifies a
/// message is required.
final class SqsEvents {
    /// SQS's own are UUIDs; it becomes a key and part of deferrals, so one made by hand must be fit for both.
    private static final Pattern MESSAGE_ID = Pattern.compile("[!-~]{1,256}");

    private SqsEvents() {}

    /// The messages of an event.
    ///
    /// @param now when a message was sent that does not say so: with none at all, each record that is there already
    ///     would stand above it
    /// @throws IllegalArgumentException where the event is not one of SQS
    static List<QueueMessage> messagesOf(@Nullable SQSEvent event, Instant now) {
        if (event == null || event.getRecords() == null) {
            throw new IllegalArgumentException(
                    "found an event without Records, expected an SQS event: {\"Records\":[{\"messageId\":…,\"body\":…}]}");
        }
        return event.getRecords().stream()
                .map(message -> messageOf(message, now))
                .toList();
    }

    private static QueueMessage messageOf(SQSMessage message, Instant now) {
        if (message == null
                || message.getMessageId() == null
                || message.getMessageId().isEmpty()) {
            throw new IllegalArgumentException("found a record without messageId, expected an SQS event");
        }
        if (!MESSAGE_ID.matcher(message.getMessageId()).matches()) {
            throw new IllegalArgumentException(
                    "found a messageId that is not 1 to 256 printable ASCII characters, expected one of SQS");
        }
        return new QueueMessage(
                message.getMessageId(),
                message.getReceiptHandle(),
                message.getBody() == null ? "" : message.getBody(),
                number(message, "SentTimestamp", now.toEpochMilli()),
                (int) number(message, "ApproximateReceiveCount", 1),
                message.getAttributes() == null ? null : message.getAttributes().get("MessageGroupId"),
                attributesOf(message.getMessageAttributes()));
    }

    private static long number(SQSMessage message, String attribute, long otherwise) {
        Map<String, String> attributes = message.getAttributes();
        String value = attributes == null ? null : attributes.get(attribute);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException notOne) {
            return otherwise;
        }
    }

    private static Map<String, MessageAttributeValue> attributesOf(@Nullable Map<String, MessageAttribute> given) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((name, value) -> {
                if (value != null && value.getDataType() != null) {
                    attributes.put(name, valueOf(value));
                }
            });
        }
        return attributes;
    }

    private static MessageAttributeValue valueOf(MessageAttribute value) {
        MessageAttributeValue.Builder copy = MessageAttributeValue.builder().dataType(value.getDataType());
        if (value.getStringValue() != null) {
            copy.stringValue(value.getStringValue());
        }
        if (value.getBinaryValue() != null) {
            copy.binaryValue(SdkBytes.fromByteBuffer(value.getBinaryValue()));
        }
        return copy.build();
    }
}
