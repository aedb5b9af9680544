package dev.fetchline.local.stack;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// A received message and its record in the event, written once: the batch's size is the sum of what is really sent.
@SuppressWarnings("ArrayRecordComponent") // never compared
record SqsRecord(String messageId, String receiptHandle, byte[] json) {

    static SqsRecord of(Message message, String queueArn) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("messageId", message.messageId());
            json.writeStringField("receiptHandle", message.receiptHandle());
            json.writeStringField("body", message.body());
            json.writeObjectFieldStart("attributes");
            for (Map.Entry<String, String> attribute :
                    message.attributesAsStrings().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("messageAttributes");
            for (Map.Entry<String, MessageAttributeValue> attribute :
                    message.messageAttributes().entrySet()) {
                json.writeFieldName(attribute.getKey());
                attribute(json, attribute.getValue());
            }
            json.writeEndObject();
            if (message.md5OfMessageAttributes() != null) {
                json.writeStringField("md5OfMessageAttributes", message.md5OfMessageAttributes());
            }
            json.writeStringField("md5OfBody", message.md5OfBody());
            json.writeStringField("eventSource", "aws:sqs");
            json.writeStringField("eventSourceARN", queueArn);
            json.writeStringField("awsRegion", StackTemplate.REGION);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SqsRecord(message.messageId(), message.receiptHandle(), bytes.toByteArray());
    }

    private static void attribute(JsonGenerator json, MessageAttributeValue value) throws IOException {
        json.writeStartObject();
        if (value.stringValue() != null) {
            json.writeStringField("stringValue", value.stringValue());
        }
        if (value.binaryValue() != null) {
            json.writeStringField(
                    "binaryValue",
                    Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
        }
        json.writeArrayFieldStart("stringListValues");
        json.writeEndArray();
        json.writeArrayFieldStart("binaryListValues");
        json.writeEndArray();
        json.writeStringField("dataType", value.dataType());
        json.writeEndObject();
    }
}
