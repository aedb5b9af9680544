package dev.fetchline.local.table;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// One answer on the wire.
///
/// @param status HTTP status
@SuppressWarnings("ArrayRecordComponent") // Made, sent and thrown away; nobody compares two.
record WireAnswer(int status, byte[] json) {

    static WireAnswer of(SdkPojo response) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = WireJson.generator(bytes)) {
            WireJson.write(json, response);
        }
        return new WireAnswer(200, bytes.toByteArray());
    }

    static WireAnswer of(AwsServiceException failure) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = WireJson.generator(bytes)) {
            json.writeStartObject();
            json.writeStringField(
                    "__type",
                    "com.amazonaws.dynamodb.v20120810#"
                            + failure.awsErrorDetails().errorCode());
            json.writeStringField("message", failure.awsErrorDetails().errorMessage());
            if (failure instanceof ConditionalCheckFailedException failed && failed.hasItem()) {
                json.writeFieldName("Item");
                WireJson.write(json, failed.item());
            }
            json.writeEndObject();
        }
        return new WireAnswer(failure.statusCode(), bytes.toByteArray());
    }

    /// What the SDK checks a body by, in decimal.
    String crc32() {
        CRC32 crc = new CRC32();
        crc.update(json);
        return Long.toString(crc.getValue());
    }
}
