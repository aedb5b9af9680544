package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.InvalidItem;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import dev.fetchline.testing.TestWeb;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/// What is not finished goes back to the queue, and comes to one record in the end. Deferrals are handed
/// on here as the queue would, from one invocation to the next.
final class DeferralTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final long DAY_MS = 86_400_000;

    private final TestWeb web = TestWeb.start();
    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();
    private final long sentAt = time.now().toEpochMilli() - 1_000;
    private final AtomicInteger messages = new AtomicInteger();

    @AfterEach
    void stop() {
        web.close();
        aws.close();
    }

    /// Every wait becomes a deferral, unless set otherwise.
    private FetchPipeline pipeline(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "RESULTS_TABLE", "results",
                "SOURCE_QUEUE_URL", aws.queueUrl("fetch"),
                "DEAD_LETTER_QUEUE_URL", aws.queueUrl("dead"),
                "FETCH_ALLOW_NETWORKS", "127.0.0.1",
                "FETCH_ALLOW_PORTS", "1-65535",
                "FETCH_WAIT_INSIDE_MAX_MS", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        FetchSettings read = FetchSettings.fromEnvironment(environment);
        return Assembly.assemble(
                read,
                Surroundings.real(
                        read, InetAddress::getAllByName, aws::dynamoDb, aws::sqs, time, () -> 0.01, 400_000_000));
    }

    private BatchVerdict process(FetchPipeline pipeline, QueueMessage... batch) {
        return pipeline.process(List.of(batch), Deadline.in(PLENTY, time)).join();
    }

    private QueueMessage message(String id, String body) {
        return new QueueMessage(id, "receipt-" + id, body, sentAt, 1, null, Map.of());
    }

    private QueueMessage redelivered(String id, String body) {
        return new QueueMessage(id, "receipt-" + id, body, sentAt, 2, null, Map.of());
    }

    /// The deferrals sent since the first `from`, as the queue delivers them.
    private QueueMessage[] deferralsFrom(int from) {
        List<JsonNode> sent = aws.sentInBatches();
        return sent.subList(from, sent.size()).stream()
                .map(entry -> new QueueMessage(
                        "deferral-" + messages.incrementAndGet(),
                        "receipt",
                        body(entry),
                        time.now().toEpochMilli(),
                        1,
                        null,
                        Map.of()))
                .toArray(QueueMessage[]::new);
    }

    /// Hands on deferrals until there are none, and returns how many invocations that took.
    private int handOn(FetchPipeline pipeline, int invocationsMax) {
        int invocations = 0;
        for (int from = 0; from < aws.sentInBatches().size() && invocations < invocationsMax; invocations++) {
            QueueMessage[] deferrals = deferralsFrom(from);
            from = aws.sentInBatches().size();
            assertThat(process(pipeline, deferrals).reportedBack()).isEmpty();
        }
        return invocations;
    }

    private static String body(JsonNode entry) {
        return entry.field("MessageBody").orElseThrow().text();
    }

    private static int delaySeconds(JsonNode entry) {
        return Integer.parseInt(entry.field("DelaySeconds").orElseThrow().asNumber());
    }

    private String attribute(String batchId, String path, String name) {
        return aws.attribute(batchId, web.url(path), name);
    }

    /// Answers so often with one status and header, then with 200.
    private void busy(String path, int times, int status, String... headers) {
        AtomicInteger asked = new AtomicInteger();
        web.page(
                path,
                (_, out) -> out.write(
                        asked.incrementAndGet() <= times
                                ? TestWeb.response(status, new byte[0], headers)
                                : TestWeb.response(200, new byte[0])));
    }

    @Test
    void a_long_wait_is_deferred_then_told_then_acknowledged() {
        busy("/busy", 1, 503, "Retry-After: 300");
        BatchVerdict verdict = process(pipeline(), message("m", web.url("/busy")));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled())
                .singleElement()
                .extracting(Settled::ending)
                .isEqualTo(new Ending.Deferred("its next try is due later", true));
        assertThat(aws.sentInBatches()).singleElement().satisfies(entry -> {
            assertThat(delaySeconds(entry)).isBetween(299, 301);
            assertThat(body(entry)).startsWith("{\"v\":1,").contains("\"requestedAt\":" + sentAt, "\"granted\":1");
        });
        assertThat(aws.calls()).containsExactly("SendMessageBatch", "PutItem");
        assertThat(attribute("m", "/busy", "status")).isEqualTo("RETRYING");
        assertThat(attribute("m", "/busy", "hop")).isEqualTo("1");
        assertThat(attribute("m", "/busy", "attempts")).isEqualTo("1");
        assertThat(attribute("m", "/busy", "httpStatus")).isEqualTo("503");
        assertThat(attribute("m", "/busy", "nextAttemptAt")).isNotNull();
    }

    @Test
    void a_deferral_ends_in_the_record_of_its_request() {
        busy("/busy", 1, 429, "Retry-After: 0");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/busy")));
        assertThat(handOn(pipeline, 5)).isEqualTo(1);
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
        assertThat(attribute("m", "/busy", "attempts")).isEqualTo("2");
        assertThat(attribute("m", "/busy", "requestedAt")).isEqualTo(Long.toString(sentAt));
        assertThat(attribute("m", "/busy", "messageId")).isEqualTo("m");
        assertThat(attribute("m", "/busy", "hop")).isEqualTo("1");
        assertThat(aws.itemCount()).isEqualTo(1);
    }

    @Test
    void what_came_of_an_item_before_its_submission_goes_along_and_stands_in_each_of_its_records() {
        busy("/busy", 2, 503, "Retry-After: 0");
        FetchPipeline pipeline = pipeline();
        String item = "{\"url\":\"%s\",\"earlier\":{\"status\":\"FAILED\",\"attempts\":4,\"times\":2}}";
        process(pipeline, message("m", item.formatted(web.url("/busy"))));
        assertThat(attribute("m", "/busy", "status")).isEqualTo("RETRYING");
        JsonNode earlier = aws.item("m", web.url("/busy")).field("earlier").orElseThrow();
        assertThat(earlier.toString()).contains("FAILED");
        // One that comes before its time goes back once more.
        assertThat(handOn(pipeline, 1_000)).isGreaterThanOrEqualTo(2);
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
        assertThat(aws.item("m", web.url("/busy")).field("earlier")).contains(earlier);
    }

    @Test
    void told_to_wait_a_hundred_times_in_a_row_ends_in_one_record() {
        busy("/busy", 100, 503, "Retry-After: 1");
        FetchPipeline pipeline = pipeline("FETCH_RETRY_WAIT_MAX_MS", "1");
        process(pipeline, message("m", web.url("/busy")));
        int invocations = handOn(pipeline, 1_000);
        assertThat(invocations).isGreaterThan(50);
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
        assertThat(attribute("m", "/busy", "attempts")).isEqualTo("101");
        assertThat(aws.itemCount()).isEqualTo(1);
    }

    @Test
    void told_to_wait_for_ever_ends_with_the_last_word() {
        busy("/busy", Integer.MAX_VALUE, 429, "Retry-After: 1");
        FetchPipeline pipeline = pipeline("FETCH_RETRY_WAIT_MAX_MS", "1");
        process(pipeline, message("m", web.url("/busy")));
        handOn(pipeline, 1_000);
        assertThat(attribute("m", "/busy", "status")).isEqualTo("HTTP_ERROR");
        assertThat(attribute("m", "/busy", "attempts")).isEqualTo("104");
        assertThat(web.requests("/busy")).isEqualTo(104);
    }

    @Test
    void attempts_are_counted_on_from_deferral_to_deferral() {
        busy("/down", Integer.MAX_VALUE, 500);
        FetchPipeline pipeline = pipeline("FETCH_ATTEMPTS_MAX", "3");
        process(pipeline, message("m", web.url("/down")));
        handOn(pipeline, 100);
        assertThat(attribute("m", "/down", "status")).isEqualTo("HTTP_ERROR");
        assertThat(attribute("m", "/down", "attempts")).isEqualTo("3");
        assertThat(web.requests("/down")).isEqualTo(3);
    }

    @Test
    void a_deferral_that_the_queue_refuses_reports_its_message_back_and_leaves_no_record() {
        aws.fault("SendMessageBatch", 1, Answer.error(400, "AccessDenied"));
        busy("/busy", 1, 503, "Retry-After: 300");
        web.respond("/ok", 200, "x");
        BatchVerdict verdict = process(pipeline(), message("m1", web.url("/busy")), message("m2", web.url("/ok")));
        assertThat(verdict.reportedBack()).containsExactly("m1");
        assertThat(aws.itemCount()).isEqualTo(1);
        assertThat(aws.visibilityChanges()).hasSize(1);
    }

    @Test
    void a_retrying_record_that_cannot_be_written_changes_nothing() {
        aws.fault("PutItem", 1, Answer.error(400, "ValidationException"));
        busy("/busy", 1, 503, "Retry-After: 300");
        BatchVerdict verdict = process(pipeline(), message("m", web.url("/busy")));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled())
                .singleElement()
                .extracting(Settled::ending)
                .isEqualTo(new Ending.Deferred("its next try is due later", false));
    }

    @Test
    void a_message_that_comes_again_is_not_deferred_again() {
        busy("/busy", 1, 503, "Retry-After: 300");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/busy")));
        BatchVerdict again = process(pipeline, redelivered("m", web.url("/busy")));
        assertThat(again.settled()).allMatch(one -> one.ending() instanceof Ending.RecordedBefore);
        assertThat(web.requests("/busy")).isEqualTo(1);
        assertThat(aws.sentInBatches()).hasSize(1);
    }

    @Test
    void a_deferral_that_comes_again_goes_on() {
        busy("/busy", 1, 503, "Retry-After: 0");
        FetchPipeline pipeline = pipeline("FETCH_RETRY_WAIT_MAX_MS", "1");
        process(pipeline, message("m", web.url("/busy")));
        String deferral = body(aws.sentInBatches().getFirst());
        QueueMessage comesAgain =
                new QueueMessage("d", "r", deferral, time.now().toEpochMilli(), 2, null, Map.of());
        process(pipeline, comesAgain);
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
        process(pipeline, comesAgain);
        assertThat(web.requests("/busy")).isEqualTo(2);
    }

    @Test
    void the_same_batch_sent_the_next_day_is_not_taken_for_yesterdays() {
        busy("/busy", 1, 503, "Retry-After: 300");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/busy")));
        process(pipeline, new QueueMessage("m", "r", web.url("/busy"), sentAt + DAY_MS, 2, null, Map.of()));
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
        // What is left of yesterday changes nothing.
        process(pipeline, deferralsFrom(0));
        assertThat(attribute("m", "/busy", "requestedAt")).isEqualTo(Long.toString(sentAt + DAY_MS));
    }

    @Test
    void what_is_due_later_is_delayed_again_and_nothing_is_fetched() {
        web.respond("/later", 200, "x");
        long due = time.now().toEpochMilli() + 5_000_000;
        BatchVerdict verdict = process(pipeline(), message("d", deferral("/later", "\"notBefore\":" + due)));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(web.requests()).isEmpty();
        assertThat(aws.itemCount()).isZero();
        assertThat(aws.sentInBatches()).singleElement().satisfies(entry -> {
            assertThat(delaySeconds(entry)).isEqualTo(900);
            assertThat(body(entry)).contains("\"hop\":2", "\"notBefore\":" + due);
        });
    }

    private String deferral(String path, String progress) {
        return deferral(path, progress, sentAt, sentAt);
    }

    private String deferral(String path, String progress, long requestedAt, long firstSeenAt) {
        return """
                {"v":1,"parts":[{"batchId":"b","messageId":"m","requestedAt":%d,"firstSeenAt":%d,"hop":1,
                "items":[{"item":"%s"%s}]}]}""".formatted(requestedAt, firstSeenAt, web.url(path), progress.isEmpty() ? "" : "," + progress);
    }

    @Test
    void what_got_too_old_untried_says_so_and_is_counted_apart() {
        String old = deferral("/old", "", sentAt - 2 * DAY_MS, sentAt - 2 * DAY_MS);
        BatchVerdict verdict = process(pipeline(), message("d", old));
        assertThat(web.requests()).isEmpty();
        assertThat(attribute("b", "/old", "status")).isEqualTo("FAILED");
        assertThat(aws.item("b", web.url("/old")).toString()).contains("EXPIRED_UNTRIED");
        assertThat(verdict.settled())
                .singleElement()
                .satisfies(one -> assertThat(((Ending.Recorded) one.ending()).expiredUntried())
                        .isTrue());
    }

    @Test
    void what_got_too_old_has_its_last_outcome() {
        String progress = "\"made\":2,\"last\":{\"httpStatus\":503}";
        process(pipeline(), message("d", deferral("/old", progress, sentAt - 2 * DAY_MS, sentAt - 2 * DAY_MS)));
        assertThat(attribute("b", "/old", "status")).isEqualTo("HTTP_ERROR");
        assertThat(attribute("b", "/old", "httpStatus")).isEqualTo("503");
        assertThat(attribute("b", "/old", "attempts")).isEqualTo("2");
    }

    @Test
    void a_wait_past_the_age_bound_is_not_waited() {
        busy("/busy", 1, 503, "Retry-After: 3600");
        String young = deferral("/busy", "", sentAt - DAY_MS + 60_000, sentAt - DAY_MS + 60_000);
        process(pipeline(), message("d", young));
        assertThat(attribute("b", "/busy", "status")).isEqualTo("HTTP_ERROR");
        assertThat(aws.sentInBatches()).isEmpty();
    }

    @Test
    void options_headers_and_group_travel_with_an_item() {
        List<String> heads = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        web.page("/busy", (request, out) -> {
            heads.add(request);
            out.write(
                    asked.incrementAndGet() == 1
                            ? TestWeb.response(503, new byte[0], "Retry-After: 1")
                            : TestWeb.response(200, new byte[0]));
        });
        FetchPipeline pipeline = pipeline("FETCH_RETRY_WAIT_MAX_MS", "1");
        String body = """
                {"batchId":"b","urls":[{"url":"%s","headers":{"X-Key":"hush"},"tag":"t"}]}""".formatted(web.url("/busy"));
        process(pipeline, new QueueMessage("m", "r", body, sentAt, 1, "team-a", Map.of()));
        assertThat(aws.sentInBatches())
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.field("MessageGroupId").orElseThrow().text())
                        .isEqualTo("team-a"));
        handOn(pipeline, 5);
        assertThat(heads).hasSize(2).allSatisfy(head -> assertThat(head).containsIgnoringCase("x-key"));
        assertThat(attribute("b", "/busy", "tag")).isEqualTo("t");
        assertThat(aws.item("b", web.url("/busy")).toString()).doesNotContain("hush");
    }

    @Test
    void an_invalid_entry_that_cannot_be_written_keeps_its_key_and_reason() {
        aws.fault("BatchWriteItem", 1, Answer.error(400, "ValidationException"))
                .fault("PutItem", 1, Answer.error(400, "ValidationException"));
        String body = "{\"batchId\":\"b\",\"urls\":[42]}";
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", body));
        assertThat(aws.itemCount()).isZero();
        handOn(pipeline, 5);
        assertThat(aws.itemCount()).isEqualTo(1);
        String key = FetchPipeline.keyOf("b", InvalidItem.of("42", "why")).url();
        assertThat(aws.attribute("b", key, "status")).isEqualTo("INVALID");
        assertThat(aws.attribute("b", key, "submitted")).isEqualTo("42");
    }

    @Test
    void two_copies_of_a_deferral_are_one_fetch() {
        web.respond("/x", 200, "x");
        process(
                pipeline(),
                message("d1", deferral("/x", "\"made\":1")),
                message("d2", deferral("/x", "\"made\":2").replace("\"hop\":1", "\"hop\":4")));
        assertThat(web.requests("/x")).isEqualTo(1);
        assertThat(attribute("b", "/x", "hop")).isEqualTo("4");
        assertThat(attribute("b", "/x", "attempts")).isEqualTo("3");
    }

    @Test
    void a_forged_request_time_cannot_close_a_key_for_ever() {
        web.respond("/x", 200, "x");
        BatchVerdict verdict = process(pipeline(), message("d", deferral("/x", "", sentAt + 900 * DAY_MS, sentAt)));
        assertThat(verdict.remarks()).hasSize(1);
        assertThat(attribute("b", "/x", "requestedAt")).isEqualTo(Long.toString(sentAt));
    }

    @Test
    void a_forged_wait_ends_at_the_age_bound() {
        BatchVerdict verdict =
                process(pipeline(), message("d", deferral("/x", "\"notBefore\":" + (sentAt + 900 * DAY_MS))));
        assertThat(verdict.remarks()).hasSize(1);
        assertThat(body(aws.sentInBatches().getFirst())).contains("\"notBefore\":" + (sentAt + DAY_MS));
    }

    @Test
    void forged_attempts_leave_one_fetch_and_one_record() {
        busy("/down", Integer.MAX_VALUE, 500);
        process(pipeline(), message("d", deferral("/down", "\"made\":1000000")));
        assertThat(attribute("b", "/down", "status")).isEqualTo("HTTP_ERROR");
        assertThat(web.requests("/down")).isEqualTo(1);
    }

    @Test
    void a_deferral_skips_no_check() {
        String forged = deferral("/x", "").replace(web.url("/x"), "http://169.254.169.254/");
        process(pipeline(), message("d", forged));
        assertThat(aws.attribute("b", "http://169.254.169.254/", "status")).isEqualTo("REFUSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":2}", "{\"v\":99,\"parts\":5}", "{\"v\":0,\"urls\":[]}"})
    void an_unknown_version_is_reported_back_and_never_quarantined(String body) {
        BatchVerdict verdict = process(pipeline(), message("d", body));
        assertThat(verdict.reportedBack()).containsExactly("d");
        assertThat(verdict.quarantined()).isEmpty();
        assertThat(verdict.remarks()).hasSize(1);
        assertThat(aws.sent()).isEmpty();
    }

    @Test
    void a_deferral_that_cannot_be_read_is_quarantined_with_its_reason() {
        BatchVerdict verdict = process(pipeline(), message("d", deferral("/x", "\"made\":-1")));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.quarantined())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).startsWith("parts[0].items[0].made: found -1, expected "));
    }

    @Test
    void ten_thousand_urls_of_one_slow_host_are_spread_over_the_time_it_needs() {
        CountDownLatch end = new CountDownLatch(1);
        String body = IntStream.range(0, 10_000).mapToObj(i -> web.url("/" + i)).collect(Collectors.joining("\n"));
        for (int i = 0; i < 10_000; i++) {
            web.page("/" + i, (_, out) -> {
                end.await(200, TimeUnit.MILLISECONDS);
                out.write(TestWeb.response(200, new byte[0]));
            });
        }
        BatchVerdict verdict = pipeline()
                .process(List.of(message("m", body)), Deadline.in(Duration.ofSeconds(16), time))
                .join();
        assertThat(verdict.reportedBack()).isEmpty();
        long done = verdict.settled().stream()
                .filter(one -> one.ending() instanceof Ending.Recorded)
                .count();
        assertThat(done).isBetween(1L, 2_000L);
        List<JsonNode> sent = aws.sentInBatches();
        // Their turns differ by far more than one invocation takes: most are not copied again by the next one.
        assertThat(sent.stream().mapToInt(DeferralTest::delaySeconds).max().orElseThrow())
                .isGreaterThan(60);
        assertThat(sent.stream().mapToInt(DeferralTest::delaySeconds).distinct().count())
                .isGreaterThan(3);
        end.countDown();
    }

    @Test
    void ten_thousand_messages_slow_servers_and_a_throttled_table_at_once_meet_the_deadline() {
        aws.fault("BatchWriteItem", 30, Answer.error(400, "ProvisionedThroughputExceededException"))
                .fault("BatchWriteItem", 30, Answer.HALF_UNPROCESSED)
                .fault("SendMessageBatch", 3, Answer.HALF_FAILED);
        CountDownLatch end = new CountDownLatch(1);
        List<QueueMessage> batch = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String path = "/" + (i % 500 == 0 ? "slow" : "fast") + i;
            if (i % 500 == 0) {
                web.page(path, (_, out) -> TestWeb.waitForHangUp(out, end));
            } else {
                web.respond(path, 200, "x");
            }
            batch.add(message("m" + i, web.url(path)));
        }
        Deadline deadline = Deadline.in(Duration.ofSeconds(20), time);
        BatchVerdict verdict = pipeline("FETCH_IN_FLIGHT_PER_HOST_MAX", "50")
                .process(batch, deadline)
                .join();
        assertThat(deadline.passed()).isFalse();
        assertThat(verdict.reportedBack()).isEmpty();
        Map<Boolean, Long> byFate = verdict.settled().stream()
                .collect(Collectors.partitioningBy(
                        one -> one.ending() instanceof Ending.Recorded, Collectors.counting()));
        assertThat(byFate.get(true)).isEqualTo(aws.itemCount());
        long deferred = aws.sentInBatches().stream()
                .mapToLong(entry -> body(entry).split("\"item\":", -1).length - 1)
                .sum();
        assertThat(byFate.get(true) + deferred).isEqualTo(10_000);
    }

    @Test
    void a_deferral_that_the_queue_dates_before_its_request_ends_in_its_record_all_the_same() {
        busy("/busy", 1, 503, "Retry-After: 0");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/busy")));
        // SQS is many machines, and each dates by its own clock.
        String deferral = body(aws.sentInBatches().getFirst());
        process(pipeline, new QueueMessage("d", "r", deferral, sentAt - 500, 1, null, Map.of()));
        assertThat(attribute("m", "/busy", "status")).isEqualTo("OK");
    }

    @Test
    void no_turn_is_so_late_that_the_age_bound_comes_first() {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 3_000; i++) {
            web.page("/" + i, (_, out) -> TestWeb.waitForHangUp(out, end));
        }
        String body = IntStream.range(0, 3_000).mapToObj(i -> web.url("/" + i)).collect(Collectors.joining("\n"));
        pipeline("FETCH_AGE_MAX_HOURS", "1")
                .process(List.of(message("m", body)), Deadline.in(Duration.ofSeconds(2), time))
                .join();
        long lastMoment = sentAt + 3_600_000;
        List<Long> turns = aws.sentInBatches().stream()
                .flatMap(entry -> Pattern.compile("\"notBefore\":(\\d+)")
                        .matcher(body(entry))
                        .results())
                .map(turn -> Long.valueOf(turn.group(1)))
                .toList();
        // At 6 at once and 20 s each, the last one's turn would come after hours: it would never be tried.
        assertThat(turns)
                .hasSizeGreaterThan(2_000)
                .allSatisfy(turn -> assertThat(turn).isLessThan(lastMoment - 1_200_000));
        end.countDown();
    }

    @Test
    void a_table_that_lets_nobody_write_holds_fetches_back_too() {
        aws.fault("BatchWriteItem", 100_000, Answer.error(400, "AccessDeniedException"));
        String body = IntStream.range(0, 3_000).mapToObj(i -> web.url("/" + i)).collect(Collectors.joining("\n"));
        for (int i = 0; i < 3_000; i++) {
            web.respond("/" + i, 200, "x");
        }
        pipeline()
                .process(List.of(message("m", body)), Deadline.in(Duration.ofSeconds(10), time))
                .join();
        assertThat(web.requests()).hasSizeLessThan(1_500);
        assertThat(aws.sentInBatches()).isNotEmpty();
    }

    @Test
    void a_new_request_is_made_as_it_asks_and_not_as_what_is_left_of_an_earlier_one() {
        web.respond("/x", 200, "x");
        String earlier = deferral("/x", "", sentAt - DAY_MS / 2, sentAt - DAY_MS / 2);
        String today = """
                {"batchId":"b","urls":[{"url":"%s","tag":"today"}]}""".formatted(web.url("/x"));
        process(pipeline(), message("d", earlier), message("m", today));
        assertThat(attribute("b", "/x", "tag")).isEqualTo("today");
        assertThat(attribute("b", "/x", "requestedAt")).isEqualTo(Long.toString(sentAt));
    }

    @Test
    void what_no_table_takes_is_not_put_back_past_its_age_bound() {
        aws.fault("PutItem", 1_000, Answer.error(400, "ValidationException"));
        String old = deferral("/old", "", sentAt - 2 * DAY_MS, sentAt - 2 * DAY_MS);
        BatchVerdict verdict = process(pipeline(), message("d", old));
        assertThat(verdict.reportedBack()).containsExactly("d");
        assertThat(aws.sentInBatches()).isEmpty();
    }

    @Test
    void what_the_table_does_not_say_in_time_is_asked_again_when_the_table_may_serve() {
        aws.fault("BatchGetItem", 100_000, Answer.error(500, "InternalServerError"));
        String body = IntStream.range(0, 1_000).mapToObj(i -> web.url("/" + i)).collect(Collectors.joining("\n"));
        BatchVerdict verdict = pipeline()
                .process(List.of(redelivered("m", body)), Deadline.in(Duration.ofSeconds(4), time))
                .join();
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(web.requests()).isEmpty();
        // Not by turns of which nothing was measured: the last of a thousand would be told an hour.
        assertThat(aws.sentInBatches())
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(delaySeconds(entry)).isBetween(30, 100));
    }
}
