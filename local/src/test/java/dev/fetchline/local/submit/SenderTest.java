package dev.fetchline.local.submit;

import static dev.fetchline.local.submit.Submissions.read;
import static dev.fetchline.local.submit.Submissions.settings;
import static dev.fetchline.local.submit.Submissions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fetchline.local.submit.StubQueue.Answer;
import dev.fetchline.local.submit.StubQueue.Entry;
import dev.fetchline.local.submit.StubQueue.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

@Timeout(120)
class SenderTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final List<Duration> waits = new CopyOnWriteArrayList<>();

    @Test
    void all_messages_are_sent_once_with_their_group_ten_in_a_call() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            Sent sent = send(queue, lines(95), 1, false);
            assertThat(queue.taken()).hasSize(95).doesNotHaveDuplicates();
            assertThat(queue.calls())
                    .hasSize(10)
                    .allSatisfy(call -> assertThat(call.entries())
                            .hasSizeLessThanOrEqualTo(10)
                            .allSatisfy(entry -> assertThat(entry.body()).contains(entry.group())));
            assertThat(sent.urls()).isEqualTo(95);
            assertThat(sent.confirmed()).isEqualTo(95);
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void the_bodies_of_a_call_have_a_mebibyte_at_most() throws InterruptedException {
        String lines = IntStream.range(0, 500)
                .mapToObj(i -> "http://a.example/%d/%s".formatted(i, "x".repeat(8_000)))
                .collect(Collectors.joining("\n"));
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.OK)) {
            send(queue, lines, 40, false);
            assertThat(queue.taken()).hasSize(13);
            assertThat(queue.calls())
                    .allSatisfy(call -> assertThat(call.bytes()).isBetween(1, 1_048_576));
            assertThat(queue.calls())
                    .anySatisfy(call -> assertThat(call.entries()).hasSizeGreaterThan(1));
        }
    }

    @Test
    void what_a_call_did_not_take_is_tried_again_alone() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, entries) -> Answer.failing(everyThirdOf(entries)))) {
            Sent sent = send(queue, lines(60), 1, false);
            assertThat(queue.taken()).hasSize(60).doesNotHaveDuplicates();
            assertThat(sent.confirmed()).isEqualTo(60);
            assertThat(waits).isNotEmpty();
        }
    }

    /// But for an entry that comes alone.
    private static Map<String, Failure> everyThirdOf(List<Entry> entries) {
        Map<String, Failure> failed = new HashMap<>();
        for (int i = 2; i < entries.size(); i += 3) {
            failed.put(entries.get(i).id(), new Failure(false, "InternalError", "on purpose"));
        }
        return failed;
    }

    @ParameterizedTest
    @CsvSource({"500, InternalFailure", "503, ServiceUnavailable", "400, RequestThrottled", "400, ThrottlingException"})
    void a_call_that_may_do_better_is_made_again(int status, String error) throws InterruptedException {
        try (StubQueue queue = StubQueue.start((call, _) -> call < 9 ? Answer.error(status, error) : Answer.OK)) {
            send(queue, lines(30), 1, false);
            assertThat(queue.taken()).hasSize(30).doesNotHaveDuplicates();
            assertThat(waits).hasSize(9);
        }
    }

    /// What the key of an encrypted queue is throttled for is counted among the sender's faults.
    @Test
    void a_message_that_is_throttled_is_tried_again_whoever_is_to_blame() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((call, entries) -> call > 0
                ? Answer.OK
                : Answer.failing(
                        Map.of(entries.getFirst().id(), new Failure(true, "KMS.ThrottlingException", "on purpose"))))) {
            send(queue, lines(10), 1, false);
            assertThat(queue.taken()).hasSize(10).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_refusal_for_good_is_said_at_once() {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.error(400, "AccessDeniedException"))) {
            assertThatThrownBy(() -> send(queue, lines(30), 1, false))
                    .isInstanceOf(SubmitException.class)
                    .hasMessage("the queue refuses messages (AccessDeniedException: on purpose)");
            assertThat(waits).isEmpty();
        }
    }

    @Test
    void a_queue_that_never_takes_a_message_ends_it() {
        try (StubQueue queue = StubQueue.start((_, _) -> Answer.error(503, "ServiceUnavailable"))) {
            assertThatThrownBy(() -> send(queue, lines(5), 1, false))
                    .isInstanceOf(SubmitException.class)
                    .hasMessage("the queue did not take messages in 12 tries (ServiceUnavailable: on purpose)");
            assertThat(queue.calls()).hasSize(Sender.TRIES_MAX);
            for (int i = 0; i < waits.size(); i++) {
                assertThat(waits.get(i)).isPositive().isLessThanOrEqualTo(Backoff.max(i + 1));
            }
        }
    }

    @Test
    void nobody_listening_is_tried_again_too() {
        StubQueue queue = StubQueue.start((_, _) -> Answer.OK);
        queue.close();
        assertThatThrownBy(() -> send(queue, lines(5), 1, false))
                .isInstanceOf(SubmitException.class)
                .hasMessageStartingWith("the queue did not take messages in 12 tries");
    }

    @Test
    void an_old_emulator_gets_messages_without_a_group() throws InterruptedException {
        try (StubQueue queue = StubQueue.start((_, entries) -> Answer.failing(grouped(entries)))) {
            Sent sent = send(queue, lines(60), 1, true);
            assertThat(queue.taken()).hasSize(60).doesNotHaveDuplicates();
            assertThat(sent.withoutGroups()).isTrue();
        }
    }

    @Test
    void a_queue_of_aws_that_refuses_a_group_is_an_error() {
        try (StubQueue queue = StubQueue.start((_, entries) -> Answer.failing(grouped(entries)))) {
            assertThatThrownBy(() -> send(queue, lines(60), 1, false))
                    .isInstanceOf(SubmitException.class)
                    .hasMessageContaining("MessageGroupId");
        }
    }

    private static Map<String, Failure> grouped(List<Entry> entries) {
        Map<String, Failure> failed = new HashMap<>();
        for (Entry entry : entries) {
            if (!entry.group().isEmpty()) {
                failed.put(
                        entry.id(),
                        new Failure(
                                true,
                                "InvalidParameterValue",
                                "Value for parameter MessageGroupId is invalid. Reason: The request include parameter"
                                        + " that is not valid for this queue type."));
            }
        }
        return failed;
    }

    @Test
    void what_was_confirmed_before_is_not_sent_again() throws InterruptedException {
        String lines = lines(120);
        // At some point nothing is taken any more.
        try (StubQueue queue = StubQueue.start((call, _) -> call < 5 ? Answer.OK : Answer.error(403, "AccessDenied"))) {
            assertThatThrownBy(() -> send(queue, lines, 1, false)).isInstanceOf(SubmitException.class);
            assertThat(queue.taken()).hasSize(50);
            try (StubQueue again = StubQueue.start((_, _) -> Answer.OK)) {
                Sent sent = send(again, lines, 1, false);
                assertThat(again.taken()).hasSize(70).doesNotContainAnyElementsOf(queue.taken());
                assertThat(sent.confirmed()).isEqualTo(120);
            }
        }
    }

    @Test
    void when_told_to_stop_no_call_begins() throws InterruptedException {
        Manifest manifest = Manifest.open(directory.resolve("manifest"));
        try (Submission submission = read(settings("b", 1), directory, text("u.txt", lines(2_000)))) {
            Sender[] sender = new Sender[1];
            try (manifest;
                    StubQueue queue = StubQueue.start((call, _) -> {
                        if (call == 10) {
                            sender[0].stop();
                        }
                        return Answer.OK;
                    });
                    SqsAsyncClient client = queue.client()) {
                sender[0] = sender(queue, client, submission, manifest, false);
                sender[0].start();
                assertThat(sender[0].await(LONG)).isTrue();
                assertThat(queue.calls()).hasSizeBetween(11, 11 + Sender.CALLS);
                // Each that was taken is noted.
                assertThat(manifest.sent().cardinality())
                        .isEqualTo(queue.taken().size());
            }
        }
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "http://host%d.example/%d".formatted(i % 17, i))
                .collect(Collectors.joining("\n"));
    }

    private record Sent(long urls, int confirmed, boolean withoutGroups) {}

    private Sent send(StubQueue queue, String lines, int urlsPerMessage, boolean isEmulator)
            throws InterruptedException {
        try (Submission submission = read(settings("b", urlsPerMessage), directory, text("u.txt", lines));
                Manifest manifest = Manifest.open(directory.resolve("manifest"));
                SqsAsyncClient client = queue.client()) {
            Sender sender = sender(queue, client, submission, manifest, isEmulator);
            sender.start();
            assertThat(sender.await(LONG)).isTrue();
            return new Sent(sender.urlsSent(), manifest.sent().cardinality(), sender.leftOutGroups());
        }
    }

    private Sender sender(
            StubQueue queue, SqsAsyncClient client, Submission submission, Manifest manifest, boolean isEmulator) {
        return new Sender(
                client,
                queue.queueUrl(),
                submission.pack(true).messages(),
                manifest,
                isEmulator,
                (wait, _) -> waits.add(wait));
    }
}
