package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// What the queue gets back and gives out again, with a visibility timeout that a test can wait for.
@ParameterizedClass(name = "stand-in {0}")
@ValueSource(booleans = {false, true})
class RedeliveryIT {
    @TempDir
    static Path directory;

    private static LocalStack stack;

    RedeliveryIT(boolean standIn) {
        assertThat(stack.runtimeDescription().contains("stand-in")).isEqualTo(standIn);
    }

    @BeforeParameterizedClassInvocation
    static void start(boolean standIn) throws Exception {
        Path own = Files.createDirectory(directory.resolve(Boolean.toString(standIn)));
        stack = LocalStack.start(Probe.settings(own, standIn, Map.of("VisibilityTimeout", "3"), Map.of()));
        // Warm, so that a cold start does not outlast the visibility timeout.
        assertThat(stack.invoke(Probe.event("ok")).succeeded()).isTrue();
        stack.startEventSourceMapping();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        stack.close();
    }

    @Test
    void only_failed_messages_come_again() {
        List<String> ids = stack.send(List.of("ok", "fail-once", "ok"));
        Until.holds("handled twice", () -> Probe.deliveries(stack, ids.get(1)).size() == 2);
        assertThat(Probe.deliveries(stack, ids.get(0))).hasSize(1);
        assertThat(Probe.deliveries(stack, ids.get(2))).hasSize(1);
        assertThat(Probe.deliveries(stack, ids.get(1)))
                .extracting(Probe.Delivery::receive)
                .containsExactly(1, 2);
    }

    @Test
    void a_function_error_brings_the_whole_batch_again() {
        List<String> ids = stack.send(List.of("ok", "throw-once"));
        Until.holds("handled twice", () -> Probe.deliveries(stack, ids.get(1)).size() == 2);
        Until.holds("handled twice", () -> Probe.deliveries(stack, ids.get(0)).size() == 2);
    }

    @Test
    void a_message_that_keeps_failing_goes_to_the_dead_letter_queue() {
        String id = stack.send(List.of("fail for ever")).getFirst();
        Until.holds(
                "dead",
                () -> stack.deadLetterMessages().stream()
                        .anyMatch(message -> message.messageId().equals(id)));
        assertThat(Probe.deliveries(stack, id)).hasSize(3);
        assertThat(stack.deadLetters()).isPositive();
        assertThat(stack.deadLetterMessages())
                .as("looking does not take them away")
                .anySatisfy(message -> {
                    assertThat(message.body()).isEqualTo("fail for ever");
                    assertThat(message.attributes()).containsKey(MessageSystemAttributeName.SENT_TIMESTAMP);
                });
    }

    @Test
    void a_stopped_mapping_leaves_messages_on_the_queue() {
        stack.stopEventSourceMapping();
        String id = stack.send(List.of("ok")).getFirst();
        assertThat(stack.messagesLeft()).isPositive();
        stack.startEventSourceMapping();
        Until.holds("handled", () -> !Probe.deliveries(stack, id).isEmpty());
    }
}
