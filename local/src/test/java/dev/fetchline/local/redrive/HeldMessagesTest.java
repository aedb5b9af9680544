package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class HeldMessagesTest {
    /// SQS deletes by the handle of the latest receive; with an older one it may say yes and do nothing.
    @Test
    void a_message_that_was_shown_twice_is_deleted_by_its_latest_handle() {
        ScriptedQueue queue = new ScriptedQueue();
        queue.received.add(List.of(message("a", "first"), message("b", "other")));
        queue.received.add(List.of(message("a", "second")));
        try (HeldMessages held = new HeldMessages(queue, "http://queue/")) {
            List<Message> messages = held.receive();
            assertThat(held.receive()).isEmpty();
            assertThat(held.delete(messages)).isEmpty();
            assertThat(queue.deleted).containsExactly("second", "other");
        }
    }

    private static Message message(String id, String handle) {
        return Message.builder().messageId(id).receiptHandle(handle).body("x").build();
    }
}
