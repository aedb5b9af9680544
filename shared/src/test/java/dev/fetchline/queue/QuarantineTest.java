package dev.fetchline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

final class QuarantineTest {
    private static final int MIB = Quarantine.MESSAGE_BYTES_MAX;

    private static SendMessageRequest request(
            String body, String reason, Map<String, MessageAttributeValue> attributes) {
        try (SqsAsyncClient unused = SqsAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider.create())
                .build()) {
            return new Quarantine(unused, "https://queue/dead")
                    .requestFor(new QueueMessage("id-1", "r", body, 0, 1, null, attributes), reason);
        }
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }

    private static MessageAttributeValue binary(int bytes) {
        return MessageAttributeValue.builder()
                .dataType("Binary.gz")
                .binaryValue(SdkBytes.fromByteArray(new byte[bytes]))
                .build();
    }

    /// As SQS counts: names, types and values (its developer guide, "Message quotas").
    private static int bytes(SendMessageRequest request) {
        int bytes = request.messageBody().getBytes(StandardCharsets.UTF_8).length;
        for (var attribute : request.messageAttributes().entrySet()) {
            MessageAttributeValue value = attribute.getValue();
            bytes += attribute.getKey().length() + value.dataType().length();
            bytes += value.stringValue() == null ? 0 : value.stringValue().getBytes(StandardCharsets.UTF_8).length;
            bytes += value.binaryValue() == null ? 0 : value.binaryValue().asByteArray().length;
        }
        return bytes;
    }

    @Test
    void a_message_keeps_its_body_and_attributes_and_gets_the_reason() {
        SendMessageRequest request = request("{", "why", Map.of("team", text("blue"), "data", binary(3)));
        assertThat(request.messageBody()).isEqualTo("{");
        assertThat(request.queueUrl()).isEqualTo("https://queue/dead");
        assertThat(request.messageAttributes())
                .containsOnlyKeys("team", "data", "reason", "originalMessageId")
                .containsEntry("reason", text("why"))
                .containsEntry("originalMessageId", text("id-1"));
    }

    @Test
    void large_attributes_stay_where_there_is_room() {
        SendMessageRequest request = request("{", "why", Map.of("data", binary(700_000)));
        assertThat(request.messageAttributes()).containsOnlyKeys("data", "reason", "originalMessageId");
    }

    @Test
    void where_body_and_attributes_do_not_fit_with_the_reason_the_attributes_go_and_the_body_is_whole() {
        String body = "{".repeat(500_000);
        SendMessageRequest request = request(body, "why", Map.of("data", binary(MIB - 500_000 - 20)));
        assertThat(request.messageBody()).isEqualTo(body);
        assertThat(request.messageAttributes()).containsOnlyKeys("reason", "originalMessageId");
    }

    @Test
    void a_body_that_does_not_fit_with_the_reason_is_cut_between_characters_and_says_so() {
        for (String start : new String[] {"{", "{a", "{ab", "{abc"}) {
            String body = start + "😀".repeat((MIB - 4) / 4);
            SendMessageRequest request = request(body, "why", Map.of("team", text("blue")));
            assertThat(bytes(request)).isBetween(MIB - 3, MIB);
            assertThat(body).startsWith(request.messageBody());
            assertThat(request.messageAttributes())
                    .containsOnlyKeys("reason", "originalMessageId", "truncated", "bodySha256")
                    .containsEntry("truncated", text("true"));
        }
    }

    @Test
    void more_attributes_than_ten_are_replaced_by_the_reason() {
        Map<String, MessageAttributeValue> nine = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            nine.put("a" + i, text("v"));
        }
        assertThat(request("{", "why", nine).messageAttributes()).containsOnlyKeys("reason", "originalMessageId");
        nine.remove("a0");
        assertThat(request("{", "why", nine).messageAttributes()).hasSize(10);
    }

    /// SendMessage takes XML's characters only, and JSON escapes bring others into a reason.
    @Test
    void what_sqs_does_not_take_is_replaced() {
        SendMessageRequest request = request("a\u0000\uFFFFb\t😀\uD800", "field \"\uFFFE\"", Map.of());
        assertThat(request.messageBody()).isEqualTo("a\uFFFD\uFFFDb\t😀\uFFFD");
        assertThat(request.messageAttributes()).containsEntry("reason", text("field \"\uFFFD\""));
    }

    @Test
    void an_empty_body_is_a_space() {
        assertThat(request("", "why", Map.of()).messageBody()).isEqualTo(" ");
    }
}
