package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class QueueSenderTest {
    private static final List<OutgoingMessage> MESSAGES =
            List.of(OutgoingMessage.of("one", "a.example", 1), OutgoingMessage.of("two", null, 1));

    @Test
    void an_old_emulator_gets_messages_without_a_group() {
        ScriptedQueue queue = new ScriptedQueue((_, entry) -> entry.messageGroupId() == null
                ? null
                : refusal("InvalidParameterValue", "The request include parameter MessageGroupId that is not valid"));
        assertThat(new QueueSender(queue, "http://queue/", true).send(MESSAGES)).allMatch(QueueSender.Result::isSent);
        assertThat(queue.taken)
                .extracting(SendMessageBatchRequestEntry::messageBody)
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void on_aws_a_group_that_is_refused_is_a_failure() {
        ScriptedQueue queue = new ScriptedQueue((_, entry) ->
                entry.messageGroupId() == null ? null : refusal("InvalidParameterValue", "MessageGroupId is invalid"));
        assertThat(new QueueSender(queue, "http://queue/", false).send(MESSAGES))
                .extracting(QueueSender.Result::refusal)
                .containsExactly("MessageGroupId is invalid", "");
    }

    /// What the key of an encrypted queue is throttled for is counted among the sender's faults.
    @Test
    void a_message_that_is_throttled_is_tried_again_whoever_is_to_blame() {
        ScriptedQueue queue = new ScriptedQueue(
                (send, _) -> send > 0 ? null : refusal("KMS.ThrottlingException", "The rate is exceeded"));
        assertThat(new QueueSender(queue, "http://queue/", false).send(MESSAGES))
                .allMatch(QueueSender.Result::isSent);
        assertThat(queue.taken).hasSize(2);
    }

    private static BatchResultErrorEntry.Builder refusal(String code, String message) {
        return BatchResultErrorEntry.builder().code(code).senderFault(true).message(message);
    }
}
