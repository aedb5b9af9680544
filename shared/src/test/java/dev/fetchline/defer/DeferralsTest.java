package dev.fetchline.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.defer.SendResult.Accepted;
import dev.fetchline.defer.SendResult.Refused;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.testing.ManualTime;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What becomes of items that are sent back, whatever the queue says.
final class DeferralsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();
    private final ManualTime manual = new ManualTime();
    /// Draws no wait between tries.
    private final Deferrals deferrals = new Deferrals(aws.sqs(), aws.queueUrl("fetch"), time, () -> 0);

    @AfterEach
    void stop() {
        aws.close();
    }

    private static Deferrable item(int number, String messageGroupId) {
        Progress progress = new Progress(1, 0, 0, 7, 0, null);
        return new Deferrable(
                new DeferredItem("b", new Origin("m", 1), FetchItem.get("u" + number), progress), messageGroupId);
    }

    /// One message each: no two are of one group.
    private static List<Deferrable> messages(int count) {
        return IntStream.range(0, count).mapToObj(i -> item(i, "g" + i)).toList();
    }

    private List<SendResult> send(List<Deferrable> items) {
        return deferrals.send(items, Deadline.in(LONG, time)).join();
    }

    private CompletableFuture<List<SendResult>> sendTo(FakeQueue queue, List<Deferrable> items) {
        return new Deferrals(queue, "https://queue/fetch", manual, () -> 0.5).send(items, Deadline.in(LONG, manual));
    }

    private static String text(JsonNode entry, String field) {
        return entry.field(field).map(JsonNode::text).orElse(null);
    }

    /// Groups are told apart by their number, so a message is named by its group.
    private List<String> groupsSent() {
        return aws.sentInBatches().stream()
                .map(entry -> text(entry, "MessageGroupId"))
                .toList();
    }

    @Test
    void nothing_to_send_is_sent_at_once() {
        assertThat(deferrals.send(List.of(), Deadline.in(LONG, time)).resultNow())
                .isEmpty();
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void items_arrive_as_they_were_sent() {
        long later = time.now().toEpochMilli() + 3_600_000;
        DeferredItem plain = item(1, null).item();
        DeferredItem delayed = new DeferredItem(
                "é", new Origin("m", 1), FetchItem.get("\uFFFF😀"), new Progress(1, 2, 1, 7, later, null));
        assertThat(send(List.of(
                        new Deferrable(delayed, "blue"), new Deferrable(plain, null), new Deferrable(plain, "blue"))))
                .containsOnly(new Accepted())
                .hasSize(3);
        assertThat(aws.calls()).containsExactly("SendMessageBatch");
        assertThat(aws.sentInBatches())
                .extracting(entry -> text(entry, "MessageGroupId"))
                .containsExactly("blue", "blue", null);
        assertThat(aws.sentInBatches())
                .extracting(entry -> entry.field("DelaySeconds").orElseThrow().asNumber())
                .containsExactly("0", "900", "0");
        assertThat(aws.sentInBatches())
                .extracting(entry -> BatchReader.read(text(entry, "MessageBody"), "another"))
                .containsExactly(
                        new Deferral(List.of(plain)), new Deferral(List.of(delayed)), new Deferral(List.of(plain)));
    }

    @Test
    void a_call_has_ten_messages_at_most() {
        assertThat(send(messages(21))).hasSize(21).containsOnly(new Accepted());
        assertThat(aws.calls()).hasSize(3);
        assertThat(groupsSent()).doesNotHaveDuplicates().hasSize(21);
    }

    @Test
    void a_call_has_a_mebibyte_at_most() {
        List<Deferrable> large = IntStream.range(0, 1_000)
                .mapToObj(i -> new Deferrable(
                        new DeferredItem("b", new Origin("m", 1), FetchItem.get("x".repeat(8_000)), Progress.none(0)),
                        i % 2 == 0 ? "blue" : null))
                .toList();
        FakeQueue queue = new FakeQueue(FakeQueue::takeAll);
        assertThat(sendTo(queue, large).resultNow()).hasSize(1_000).containsOnly(new Accepted());
        assertThat(queue.requests()).allSatisfy(request -> {
            int bytes = request.entries().stream()
                    .mapToInt(entry -> DeferralJsonTest.utf8(entry.messageBody()))
                    .sum();
            assertThat(bytes).isBetween(500_000, 1_048_576);
        });
        assertThat(queue.requests().stream()
                        .flatMap(request -> request.entries().stream())
                        .mapToInt(DeferralsTest::itemsIn)
                        .sum())
                .isEqualTo(1_000);
    }

    private static int itemsIn(SendMessageBatchRequestEntry entry) {
        return ((Deferral) BatchReader.read(entry.messageBody(), "another"))
                .items()
                .size();
    }

    @Test
    void eight_calls_are_under_way_at_most() {
        Deque<CompletableFuture<SendMessageBatchResponse>> underWay = new ArrayDeque<>();
        FakeQueue queue = new FakeQueue(_ -> {
            CompletableFuture<SendMessageBatchResponse> call = new CompletableFuture<>();
            underWay.add(call);
            return call;
        });
        CompletableFuture<List<SendResult>> sent = sendTo(queue, messages(200));
        assertThat(MessageSender.CALLS_MAX).isEqualTo(8);
        for (int done = 0; done < 20; done++) {
            assertThat(queue.requests()).hasSize(Math.min(20, done + 8));
            assertThat(sent).isNotDone();
            underWay.remove().complete(FakeQueue.allOf(queue.requests().get(done)));
        }
        assertThat(sent.resultNow()).hasSize(200).containsOnly(new Accepted());
    }

    @ParameterizedTest
    @CsvSource({
        "400,ThrottlingException",
        "400,RequestThrottled",
        "400,KmsThrottled",
        "500,InternalFailure",
        "503,ServiceUnavailable"
    })
    void a_call_that_the_queue_cannot_serve_is_tried_again(int status, String type) {
        aws.fault("SendMessageBatch", 3, Answer.error(status, type));
        assertThat(send(messages(3))).hasSize(3).containsOnly(new Accepted());
        assertThat(aws.calls()).hasSize(4);
        assertThat(groupsSent()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"400,AccessDeniedException", "400,QueueDoesNotExist", "413,BatchRequestTooLong"})
    void a_call_that_the_queue_will_never_take_is_refused_in_its_words(int status, String type) {
        aws.fault("SendMessageBatch", 1, Answer.error(status, type));
        assertThat(send(messages(3))).hasSize(3).containsOnly(new Refused(type + ": as told"));
        assertThat(aws.calls()).hasSize(1);
    }

    @Test
    void a_refused_call_is_no_other_calls_fault() {
        aws.fault("SendMessageBatch", 1, Answer.error(400, "AccessDeniedException"));
        List<SendResult> results = send(messages(20));
        assertThat(Collections.frequency(results, new Accepted())).isEqualTo(10);
        for (int i = 0; i < 20; i++) {
            assertThat(results.get(i) instanceof Accepted)
                    .isEqualTo(groupsSent().contains("g" + i));
        }
    }

    @Test
    void messages_that_fail_in_a_call_that_succeeds_are_tried_again() {
        aws.fault("SendMessageBatch", 2, Answer.HALF_FAILED);
        assertThat(send(messages(5))).hasSize(5).containsOnly(new Accepted());
        assertThat(aws.calls()).hasSize(3);
        assertThat(groupsSent()).containsExactly("g1", "g3", "g2", "g0", "g4");
    }

    @Test
    void messages_that_are_the_senders_fault_are_refused_and_no_others() {
        aws.fault("SendMessageBatch", 1, Answer.HALF_REFUSED);
        Refused refused = new Refused("InvalidMessageContents: as told");
        assertThat(send(messages(4))).containsExactly(refused, new Accepted(), refused, new Accepted());
        assertThat(aws.calls()).hasSize(1);
    }

    @Test
    void messages_that_an_answer_does_not_name_are_tried_again() {
        aws.fault("SendMessageBatch", 2, Answer.HALF_UNNAMED);
        assertThat(send(messages(4))).hasSize(4).containsOnly(new Accepted());
        assertThat(groupsSent()).containsExactly("g0", "g2", "g1", "g3");
    }

    @Test
    void an_answer_that_is_none_is_no_acceptance() {
        aws.fault("SendMessageBatch", 1, new Answer(200, "{\"Successful\":[{}],\"Failed\":[{\"Code\":\"c\"}]}"));
        aws.fault("SendMessageBatch", 1, new Answer(200, "not JSON"));
        assertThat(send(messages(2))).hasSize(2).containsOnly(new Accepted());
        assertThat(aws.calls()).hasSize(3);
    }

    @Test
    void a_queue_that_never_answers_holds_nothing_up() {
        aws.fault("SendMessageBatch", 100, Answer.NONE);
        CompletableFuture<List<SendResult>> sent = new Deferrals(aws.sqs(), aws.queueUrl("fetch"), manual, () -> 0.5)
                .send(messages(200), Deadline.in(LONG, manual));
        assertThat(sent).isNotDone();
        manual.advance(LONG);
        assertThat(sent.resultNow()).hasSize(200).allMatch(result -> result instanceof Refused);
        assertThat(sent.resultNow()).contains(new Refused("no time was left to send it"));
    }

    @Test
    void what_the_queue_cannot_serve_until_the_deadline_is_refused_in_its_words() {
        FakeQueue queue = new FakeQueue(_ -> CompletableFuture.failedFuture(
                SqsException.builder().statusCode(503).message("down").build()));
        CompletableFuture<List<SendResult>> sent = sendTo(queue, messages(3));
        manual.advance(LONG.minusSeconds(2));
        assertThat(sent).isNotDone();
        manual.advance(Duration.ofSeconds(2));
        assertThat(sent.resultNow()).hasSize(3).containsOnly(new Refused("SqsException: down"));
        // Half of 50 ms doubling to 2 s: 6 tries to the highest wait, then one a second.
        assertThat(queue.requests()).hasSizeBetween(60, 70);
    }

    @Test
    void each_message_that_failed_until_the_deadline_is_refused() {
        FakeQueue queue = new FakeQueue(request -> CompletableFuture.completedFuture(SendMessageBatchResponse.builder()
                .failed(BatchResultErrorEntry.builder()
                        .id(request.entries().getFirst().id())
                        .code("InternalError")
                        .message("again")
                        .build())
                .build()));
        CompletableFuture<List<SendResult>> sent = sendTo(queue, messages(1));
        manual.advance(LONG);
        assertThat(sent.resultNow()).containsExactly(new Refused("InternalError: again"));
    }

    @Test
    void after_the_deadline_nothing_is_sent() {
        FakeQueue queue = new FakeQueue(FakeQueue::takeAll);
        List<SendResult> results = new Deferrals(queue, "https://queue/fetch", manual, () -> 0.5)
                .send(messages(25), Deadline.in(Duration.ZERO, manual))
                .resultNow();
        assertThat(results).hasSize(25).containsOnly(new Refused("no time was left to send it"));
        assertThat(queue.requests()).isEmpty();
    }

    @Test
    void a_client_that_throws_is_a_refusal() {
        FakeQueue queue = new FakeQueue(_ -> {
            throw new IllegalStateException("Connection pool shut down");
        });
        assertThat(sendTo(queue, messages(25)).resultNow())
                .hasSize(25)
                .containsOnly(new Refused(
                        "IllegalStateException: not sent: java.lang.IllegalStateException: Connection pool shut down"));
        assertThat(queue.requests()).hasSize(3);
    }

    @Test
    void a_hundred_thousand_messages_that_are_taken_at_once_do_not_grow_the_stack() {
        FakeQueue queue = new FakeQueue(FakeQueue::takeAll);
        assertThat(sendTo(queue, messages(100_000)).resultNow())
                .hasSize(100_000)
                .allMatch(result -> result instanceof Accepted);
        assertThat(queue.requests()).hasSize(10_000);
    }

    @Test
    void a_hundred_thousand_messages_that_meet_the_deadline_do_not_grow_the_stack() {
        FakeQueue queue = new FakeQueue(_ -> new CompletableFuture<>());
        CompletableFuture<List<SendResult>> sent = sendTo(queue, messages(100_000));
        manual.advance(LONG);
        assertThat(sent.resultNow()).hasSize(100_000).allMatch(result -> result instanceof Refused);
        assertThat(queue.requests()).hasSize(MessageSender.CALLS_MAX);
    }

    @Test
    void results_stand_in_the_order_of_the_items() {
        FakeQueue queue = new FakeQueue(DeferralsTest::refuseGroupsOfOddNumbers);
        List<Deferrable> items =
                IntStream.range(0, 10_000).mapToObj(i -> item(i, "g" + i % 7)).toList();
        List<SendResult> results = sendTo(queue, items).resultNow();
        for (int i = 0; i < items.size(); i++) {
            assertThat(results.get(i) instanceof Refused).as("item %d", i).isEqualTo(i % 7 % 2 == 1);
        }
    }

    private static CompletableFuture<SendMessageBatchResponse> refuseGroupsOfOddNumbers(
            SendMessageBatchRequest request) {
        List<SendMessageBatchRequestEntry> odd = request.entries().stream()
                .filter(entry -> Integer.parseInt(entry.messageGroupId().substring(1)) % 2 == 1)
                .toList();
        return CompletableFuture.completedFuture(FakeQueue.allOf(request).toBuilder()
                .successful(FakeQueue.allOf(request).successful().stream()
                        .filter(entry -> odd.stream().noneMatch(its -> its.id().equals(entry.id())))
                        .toList())
                .failed(odd.stream()
                        .map(entry -> BatchResultErrorEntry.builder()
                                .id(entry.id())
                                .senderFault(true)
                                .code("c")
                                .build())
                        .toList())
                .build());
    }
}
