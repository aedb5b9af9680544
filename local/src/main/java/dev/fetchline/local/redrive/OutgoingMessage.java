package dev.fetchline.local.redrive;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// A message to be sent.
///
/// @param groupId by which a fair queue shares out its turns; null for none
/// @param attributes by name
/// @param urls that it carries
record OutgoingMessage(String body, @Nullable String groupId, Map<String, MessageAttributeValue> attributes, int urls) {
    /// SQS's limit of a message, and of all messages of one call together, in bytes.
    static final int BYTES_MAX = 1024 * 1024;

    /// One without attributes.
    static OutgoingMessage of(String body, @Nullable String groupId, int urls) {
        return new OutgoingMessage(body, groupId, Map.of(), urls);
    }

    /// As SQS counts: body and attributes.
    int bytes() {
        int bytes = utf8(body) + (groupId == null ? 0 : utf8(groupId));
        for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            bytes += utf8(attribute.getKey()) + utf8(value.dataType());
            bytes += value.stringValue() == null ? 0 : utf8(value.stringValue());
            bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
        }
        return bytes;
    }

    SendMessageBatchRequestEntry entry(String id) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(body)
                .messageGroupId(groupId)
                .messageAttributes(attributes.isEmpty() ? null : attributes)
                .build();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
