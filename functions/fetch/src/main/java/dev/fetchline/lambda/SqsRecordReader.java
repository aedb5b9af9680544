package dev.fetchline.lambda;

import dev.fetchline.queue.QueueMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// Reads one record of an event. Records made by hand often lack what SQS always sends; only what identifies a message
/// is required.
final class SqsRecordReader {
    /// SQS's own are UUIDs; it becomes a key and part of deferrals, so one made by hand must be fit for both.
    private static final int MESSAGE_ID_CHARS_MAX = 256;

    private final EventJson json;
    private @Nullable String messageId;
    private @Nullable String receiptHandle;
    private @Nullable String body;
    private @Nullable String sentTimestamp;
    private @Nullable String receiveCount;
    private @Nullable String groupId;
    private Map<String, MessageAttributeValue> attributes = Map.of();

    private SqsRecordReader(EventJson json) {
        this.json = json;
    }

    /// The record that stands here.
    ///
    /// @param now when it was sent if it does not say so
    /// @throws IllegalArgumentException with one sentence where it is not one of SQS
    static QueueMessage read(EventJson json, Instant now) throws IOException {
        SqsRecordReader its = new SqsRecordReader(json);
        if (json.enterObject()) {
            its.fields();
        }
        return its.message(now);
    }

    private void fields() throws IOException {
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "messageId" -> messageId = json.text();
                case "receiptHandle" -> receiptHandle = json.text();
                case "body" -> body = json.text();
                case "attributes" -> readSystemAttributes();
                case "messageAttributes" -> readAttributes();
                default -> json.skip();
            }
        }
    }

    private QueueMessage message(Instant now) {
        if (messageId == null || messageId.isEmpty()) {
            throw new IllegalArgumentException("found a record without messageId, expected an SQS event");
        }
        if (!isFit(messageId)) {
            throw new IllegalArgumentException(
                    "found a messageId that is not 1 to 256 printable ASCII characters, expected one of SQS");
        }
        return new QueueMessage(
                messageId,
                receiptHandle,
                body == null ? "" : body,
                number(sentTimestamp, now.toEpochMilli()),
                Math.clamp(number(receiveCount, 1), 0, Integer.MAX_VALUE),
                groupId,
                attributes);
    }

    private static boolean isFit(String messageId) {
        for (int i = 0; i < messageId.length(); i++) {
            if (messageId.charAt(i) <= ' ' || messageId.charAt(i) > '~') {
                return false;
            }
        }
        return messageId.length() <= MESSAGE_ID_CHARS_MAX;
    }

    private static long number(@Nullable String value, long otherwise) {
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException notOne) {
            return otherwise;
        }
    }

    /// What SQS itself says of the message.
    private void readSystemAttributes() throws IOException {
        sentTimestamp = null;
        receiveCount = null;
        groupId = null;
        if (!json.enterObject()) {
            return;
        }
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            switch (name) {
                case "SentTimestamp" -> sentTimestamp = json.text();
                case "ApproximateReceiveCount" -> receiveCount = json.text();
                case "MessageGroupId" -> groupId = json.text();
                default -> json.skip();
            }
        }
    }

    /// The sender's own.
    private void readAttributes() throws IOException {
        attributes = Map.of();
        if (!json.enterObject()) {
            return;
        }
        Map<String, MessageAttributeValue> all = new LinkedHashMap<>();
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            MessageAttributeValue value = attribute();
            if (value == null) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        }
        attributes = all;
    }

    /// Null where it has no type: SQS takes none without.
    private @Nullable MessageAttributeValue attribute() throws IOException {
        String dataType = null;
        String stringValue = null;
        byte[] binaryValue = null;
        if (json.enterObject()) {
            for (String name = json.nextField(); name != null; name = json.nextField()) {
                switch (name) {
                    case "dataType" -> dataType = json.text();
                    case "stringValue" -> stringValue = json.text();
                    case "binaryValue" -> binaryValue = json.bytes();
                    default -> json.skip();
                }
            }
        }
        if (dataType == null) {
            return null;
        }
        MessageAttributeValue.Builder value =
                MessageAttributeValue.builder().dataType(dataType).stringValue(stringValue);
        return (binaryValue == null ? value : value.binaryValue(SdkBytes.fromByteArrayUnsafe(binaryValue))).build();
    }
}
