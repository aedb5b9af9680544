package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.Where;
import dev.fetchline.local.target.Access;
import dev.fetchline.local.target.Target;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;

class DeadLetterRedriveTest {
    @Test
    void messages_that_stay_and_hide_those_behind_them_are_said() {
        ScriptedQueue queue = new ScriptedQueue();
        IntStream.range(0, HeldMessages.COUNT_MAX / 10 + 1)
                .mapToObj(DeadLetterRedriveTest::ten)
                .forEach(queue.received::add);
        RedriveOutcome outcome = run(queue, "host=elsewhere.example");
        assertThat(outcome.left().total()).isEqualTo(HeldMessages.COUNT_MAX);
        assertThat(outcome.isAnyUnseen()).isTrue();
        assertThat(outcome.isWhole()).isFalse();
    }

    @Test
    void what_is_sent_makes_room_for_what_comes_after_it() {
        ScriptedQueue queue = new ScriptedQueue();
        IntStream.range(0, 1_500).mapToObj(DeadLetterRedriveTest::ten).forEach(queue.received::add);
        RedriveOutcome outcome = run(queue, "host=a.example");
        assertThat(outcome.sources()).isEqualTo(15_000);
        assertThat(queue.deleted).hasSize(15_000).doesNotHaveDuplicates();
        assertThat(outcome.isAnyUnseen()).isFalse();
        assertThat(outcome.isWhole()).isTrue();
    }

    private static RedriveOutcome run(ScriptedQueue queue, String where) {
        DynamoDbAsyncClient unused = Access.local()
                .applyTo(DynamoDbAsyncClient.builder(), URI.create("http://127.0.0.1:1"))
                .build();
        try (Target target = new Target(
                        Target.Place.UP,
                        "the stack of a test",
                        Access.local(),
                        queue,
                        unused,
                        "http://queue/",
                        "http://dead/",
                        "results",
                        Optional.empty(),
                        Optional.empty());
                DeadLetterRedrive redrive = new DeadLetterRedrive(
                        target,
                        new DeadLetterRedrive.Options(Where.parse(where), false, Long.MAX_VALUE),
                        new RedriveListener(() -> false, _ -> {}, _ -> {}))) {
            var _ = redrive.plan();
            redrive.run();
            return redrive.outcome();
        }
    }

    private static List<Message> ten(int number) {
        return IntStream.range(10 * number, 10 * number + 10)
                .mapToObj(id -> DeadLetters.message("http://a.example/" + id, Map.of()).toBuilder()
                        .messageId("m" + id)
                        .receiptHandle("h" + id)
                        .build())
                .toList();
    }
}
