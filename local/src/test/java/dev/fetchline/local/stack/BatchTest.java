package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class BatchTest {
    private static final int FRAME = "{\"Records\":[]}".length();

    @Test
    void is_full_at_its_size() {
        Batch batch = new Batch(2);
        assertThat(batch.isEmpty()).isTrue();
        assertThat(batch.offer(record("a", 10))).isTrue();
        assertThat(batch.full()).isFalse();
        assertThat(batch.offer(record("b", 10))).isTrue();
        assertThat(batch.full()).isTrue();
        assertThat(batch.offer(record("c", 10))).isFalse();
        assertThat(batch.messageIds()).containsExactly("a", "b");
    }

    @Test
    void never_grows_past_its_bytes() {
        Batch batch = new Batch(100, 1000);
        int taken = 0;
        while (batch.offer(record("m" + taken, 90))) {
            taken++;
        }
        assertThat(batch.event().length()).isLessThanOrEqualTo(1000);
        assertThat(batch.event().length() + 90 + 1).isGreaterThan(1000);
        assertThat(taken).isEqualTo((1000 - FRAME) / 91);
    }

    @Test
    void takes_a_first_message_of_any_size() {
        Batch batch = new Batch(100, 1000);
        assertThat(batch.offer(record("a", 5000))).isTrue();
        assertThat(batch.offer(record("b", 1))).isFalse();
    }

    @Test
    void names_a_message_once_and_keeps_its_newest_receipt() {
        Batch batch = new Batch(2, 1000);
        assertThat(batch.offer(new SqsRecord("a", "old", bytes(10)))).isTrue();
        assertThat(batch.offer(record("b", 10))).isTrue();
        assertThat(batch.offer(new SqsRecord("a", "new", bytes(10))))
                .as("also when full")
                .isTrue();
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.records())
                .extracting(SqsRecord::receiptHandle)
                .contains("new")
                .doesNotContain("old");
    }

    @Test
    void lambda_s_limit_is_six_mebibytes() {
        assertThat(Batch.EVENT_BYTES_MAX).isEqualTo(6_291_456);
    }

    @Test
    void the_event_has_lambda_s_shape() throws Exception {
        Message message = Message.builder()
                .messageId("id")
                .receiptHandle("receipt")
                .body("a \"quoted\" body\n ⇒")
                .md5OfBody("md5")
                .attributes(Map.of(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3"))
                .messageAttributes(Map.of(
                        "blob",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromByteArray(new byte[] {1, 2, 3}))
                                .build()))
                .build();
        Batch batch = new Batch(10);
        batch.offer(SqsRecord.of(message, "arn"));
        batch.offer(SqsRecord.of(message.toBuilder().messageId("id2").build(), "arn"));
        assertThat(batch.event())
                .startsWith("{\"Records\":[{\"messageId\":\"id\",\"receiptHandle\":\"receipt\","
                        + "\"body\":\"a \\\"quoted\\\" body\\n ⇒\",\"attributes\":{\"ApproximateReceiveCount\":\"3\"},"
                        + "\"messageAttributes\":{\"blob\":{\"binaryValue\":\"AQID\",\"stringListValues\":[],"
                        + "\"binaryListValues\":[],\"dataType\":\"Binary\"}},\"md5OfBody\":\"md5\","
                        + "\"eventSource\":\"aws:sqs\",\"eventSourceARN\":\"arn\",\"awsRegion\":\"us-east-1\"},{");
        try (JsonParser json = Json.FACTORY.createParser(batch.event())) {
            json.nextToken();
            json.skipChildren();
            assertThat(json.nextToken()).isNull();
        }
    }

    private static SqsRecord record(String id, int size) {
        return new SqsRecord(id, "receipt-" + id, bytes(size));
    }

    private static byte[] bytes(int size) {
        return "x".repeat(size).getBytes(StandardCharsets.UTF_8);
    }
}
