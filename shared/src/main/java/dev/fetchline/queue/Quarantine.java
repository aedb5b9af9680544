package dev.fetchline.queue;

import dev.fetchline.intake.Sha256;
import dev.fetchline.pace.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// Puts messages that cannot be read on the dead-letter queue, with the reason.
public final class Quarantine {
    /// Names of the attributes that a quarantined message has.
    public static final String REASON = "reason";

    public static final String ORIGINAL_MESSAGE_ID = "originalMessageId";
    /// Set where the body did not fit: `truncated` and the SHA-256 of the whole body's UTF-8 bytes.
    public static final String TRUNCATED = "truncated";

    public static final String WHOLE_BODY_SHA256 = "bodySha256";

    /// SQS's limit on body and attributes together (its developer guide, "Message quotas").
    static final int MESSAGE_BYTES_MAX = 1024 * 1024;

    static final int ATTRIBUTES_MAX = 10;

    private static final Pattern NOT_SENDABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private final SqsAsyncClient client;
    private final String deadLetterQueueUrl;

    public Quarantine(SqsAsyncClient client, String deadLetterQueueUrl) {
        this.client = client;
        this.deadLetterQueueUrl = deadLetterQueueUrl;
    }

    /// Sends the message there. Completes when SQS has it; fails where SQS refused, or did not answer in time.
    ///
    /// @param reason one sentence
    public CompletableFuture<Void> send(QueueMessage message, String reason, Deadline deadline) {
        return deadline.cut(client.sendMessage(requestFor(message, reason))).thenAccept(_ -> {});
    }

    SendMessageRequest requestFor(QueueMessage message, String reason) {
        Map<String, MessageAttributeValue> own = new LinkedHashMap<>();
        own.put(REASON, text(sendable(reason)));
        own.put(ORIGINAL_MESSAGE_ID, text(message.messageId()));
        byte[] body = sendable(message.body()).getBytes(StandardCharsets.UTF_8);
        if (body.length + bytesOf(own) > MESSAGE_BYTES_MAX) {
            own.put(TRUNCATED, text("true"));
            own.put(WHOLE_BODY_SHA256, text(Sha256.hex(body, body.length)));
        }
        Map<String, MessageAttributeValue> attributes = withRoomFor(own, message.attributes(), body.length);
        return SendMessageRequest.builder()
                .queueUrl(deadLetterQueueUrl)
                .messageBody(cut(body, MESSAGE_BYTES_MAX - bytesOf(attributes)))
                .messageAttributes(attributes)
                .build();
    }

    /// SQS refuses a message with any other character (SendMessage's API reference), and a reason may quote one.
    private static String sendable(String text) {
        return NOT_SENDABLE.matcher(text).replaceAll("\uFFFD");
    }

    /// The message's own attributes stay where there is room: the reason replaces them all where there is not.
    private static Map<String, MessageAttributeValue> withRoomFor(
            Map<String, MessageAttributeValue> own, Map<String, MessageAttributeValue> original, int bodyBytes) {
        Map<String, MessageAttributeValue> all = new LinkedHashMap<>(original);
        all.putAll(own);
        boolean fits = all.size() <= ATTRIBUTES_MAX && bodyBytes + bytesOf(all) <= MESSAGE_BYTES_MAX;
        return fits ? all : own;
    }

    private static int bytesOf(Map<String, MessageAttributeValue> attributes) {
        int bytes = 0;
        for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            bytes += utf8(attribute.getKey()) + utf8(value.dataType());
            bytes += value.stringValue() == null ? 0 : utf8(value.stringValue());
            bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArrayUnsafe().length;
        }
        return bytes;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The beginning of the body that fits, without half a character at its end; never empty, as SQS wants it.
    private static String cut(byte[] body, int bytesMax) {
        int end = Math.min(body.length, bytesMax);
        while (end > 0 && end < body.length && (body[end] & 0xc0) == 0x80) {
            end--;
        }
        return end == 0 ? " " : new String(body, 0, end, StandardCharsets.UTF_8);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
