package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.progress.KeySum;
import dev.fetchline.progress.ProgressTable;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.testing.TestAws;
import dev.fetchline.testing.TestAws.Answer;
import dev.fetchline.testing.TestWeb;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The whole line from messages to records and verdict, with real sockets on both sides.
final class FetchPipelineTest {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final Duration MARGIN = Phases.WRITING_TIME.plus(Phases.SENDING_TIME);
    private static final long SENT_AT = 1_700_000_000_000L;

    private final TestWeb web = TestWeb.start();
    private final TestAws aws = TestAws.start();
    private final SystemTime time = new SystemTime();

    @AfterEach
    void stop() {
        web.close();
        aws.close();
    }

    private FetchPipeline pipeline(String... settings) {
        return pipeline(400_000_000, settings);
    }

    private FetchPipeline pipeline(long heapBytes, String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "RESULTS_TABLE", "results",
                "SOURCE_QUEUE_URL", aws.queueUrl("fetch"),
                "DEAD_LETTER_QUEUE_URL", aws.queueUrl("dead"),
                "FETCH_ALLOW_NETWORKS", "127.0.0.1",
                "FETCH_ALLOW_PORTS", "1-65535"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        FetchSettings read = FetchSettings.fromEnvironment(environment);
        return Assembly.assemble(
                read,
                Surroundings.real(
                        read, InetAddress::getAllByName, aws::dynamoDb, aws::sqs, time, () -> 0.01, heapBytes));
    }

    private BatchVerdict process(FetchPipeline pipeline, QueueMessage... messages) {
        return pipeline.process(List.of(messages), Deadline.in(PLENTY, time)).join();
    }

    private static QueueMessage message(String id, String body) {
        return new QueueMessage(id, "receipt-" + id, body, SENT_AT, 1, null, Map.of());
    }

    private static QueueMessage redelivered(String id, String body) {
        return new QueueMessage(id, "receipt-" + id, body, SENT_AT, 2, null, Map.of());
    }

    private String status(String batchId, String path) {
        return aws.attribute(batchId, web.url(path), "status");
    }

    @Test
    void every_url_of_every_message_ends_in_a_record() {
        web.respond("/a", 200, "A", "Content-Type: text/plain")
                .respond("/b", 404, "")
                .respond("/c", 204, "");
        BatchVerdict verdict = process(
                pipeline(),
                message("m1", web.url("/a") + "\n" + web.url("/b")),
                message("m2", "{\"batchId\":\"mine\",\"urls\":[\"" + web.url("/c") + "\",42]}"));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(status("m1", "/a")).isEqualTo("OK");
        assertThat(aws.attribute("m1", web.url("/a"), "body")).isEqualTo("A");
        assertThat(aws.attribute("m1", web.url("/a"), "requestedAt")).isEqualTo(Long.toString(SENT_AT));
        assertThat(status("m1", "/b")).isEqualTo("HTTP_ERROR");
        assertThat(status("mine", "/c")).isEqualTo("OK");
        assertThat(aws.itemCount()).isEqualTo(4);
        assertThat(verdict.settled()).hasSize(4);
    }

    @Test
    void all_urls_of_all_messages_are_in_flight_at_once() {
        CyclicBarrier together = new CyclicBarrier(6);
        for (int i = 0; i < 6; i++) {
            web.page("/" + i, (_, out) -> {
                together.await(20, TimeUnit.SECONDS);
                out.write(TestWeb.response(200, new byte[0]));
            });
        }
        BatchVerdict verdict = process(
                pipeline(),
                message("m1", web.url("/0") + "\n" + web.url("/1") + "\n" + web.url("/2")),
                message("m2", web.url("/3") + "\n" + web.url("/4")),
                message("m3", web.url("/5")));
        assertThat(verdict.settled()).allMatch(FetchPipelineTest::isOk);
    }

    private static boolean isOk(Settled settled) {
        return settled.ending() instanceof Ending.Recorded recorded
                && recorded.status().name().equals("OK");
    }

    @Test
    void the_limit_of_a_host_holds() {
        String body = IntStream.range(0, 60).mapToObj(i -> web.url("/p" + i)).collect(Collectors.joining("\n"));
        for (int i = 0; i < 60; i++) {
            web.respond("/p" + i, 200, "x");
        }
        assertThat(process(pipeline("FETCH_IN_FLIGHT_PER_HOST_MAX", "3"), message("m", body))
                        .settled())
                .hasSize(60)
                .allMatch(FetchPipelineTest::isOk);
        assertThat(web.inFlightMost()).isLessThanOrEqualTo(3);
    }

    @Test
    void redirects_are_walked_and_told() {
        web.respond("/1", 301, "", "Location: 2?x=y")
                .respond("/2?x=y", 302, "", "Location: " + web.url("/3"))
                .respond("/3", 200, "end");
        process(pipeline(), message("m", web.url("/1")));
        assertThat(status("m", "/1")).isEqualTo("OK");
        assertThat(aws.attribute("m", web.url("/1"), "finalUrl")).isEqualTo(web.url("/3"));
        assertThat(aws.attribute("m", web.url("/1"), "redirects")).isEqualTo("2");
    }

    @Test
    void loops_limits_and_unreadable_locations_are_failures() {
        web.respond("/loop", 302, "", "Location: /loop2")
                .respond("/loop2", 302, "", "Location: /loop")
                .respond("/none", 302, "")
                .respond("/bad", 302, "", "Location: http://[::1")
                .respond("/two", 302, "", "Location: /there", "Location: /elsewhere")
                .respond("/long0", 302, "", "Location: /long1")
                .respond("/long1", 302, "", "Location: /long2")
                .respond("/long2", 302, "", "Location: /long3")
                .respond("/ftp", 302, "", "Location: ftp://example.com/")
                .respond("/denied", 302, "", "Location: http://169.254.169.254/latest/meta-data");
        process(
                pipeline("FETCH_REDIRECTS_MAX", "2"),
                message("m", lines("/loop", "/none", "/bad", "/two", "/long0", "/ftp", "/denied")));
        assertThat(kind("/loop")).isEqualTo("FAILED REDIRECT_LOOP");
        assertThat(kind("/none")).isEqualTo("FAILED REDIRECT_LOCATION");
        assertThat(kind("/bad")).isEqualTo("FAILED REDIRECT_LOCATION");
        assertThat(kind("/two")).isEqualTo("FAILED REDIRECT_LOCATION");
        assertThat(kind("/long0")).isEqualTo("FAILED REDIRECT_LIMIT");
        assertThat(kind("/ftp")).isEqualTo("REFUSED SCHEME");
        assertThat(kind("/denied")).isEqualTo("REFUSED ADDRESS");
    }

    private String lines(String... paths) {
        return Arrays.stream(paths).map(web::url).collect(Collectors.joining("\n"));
    }

    private String kind(String path) {
        return status("m", path) + " "
                + aws.item("m", web.url(path))
                        .field("error")
                        .orElseThrow()
                        .field("M")
                        .orElseThrow()
                        .field("kind")
                        .orElseThrow()
                        .field("S")
                        .orElseThrow()
                        .text();
    }

    @Test
    void a_redirect_that_is_not_to_be_followed_is_the_answer() {
        web.respond("/r", 302, "look there", "Location: /elsewhere");
        process(pipeline(), message("m", "{\"url\":\"" + web.url("/r") + "\",\"followRedirects\":false}"));
        assertThat(status("m", "/r")).isEqualTo("OK");
        assertThat(aws.attribute("m", web.url("/r"), "httpStatus")).isEqualTo("302");
        assertThat(web.requests("/elsewhere")).isZero();
    }

    @Test
    void headers_of_the_caller_go_to_their_origin_only() {
        try (TestWeb other = TestWeb.start()) {
            other.respond("/landed", 200, "x");
            web.respond("/same", 302, "", "Location: /leave")
                    .respond("/leave", 302, "", "Location: " + other.url("/landed"));
            process(
                    pipeline(),
                    message("m", "{\"url\":\"" + web.url("/same") + "\",\"headers\":{\"Authorization\":\"secret\"}}"));
            assertThat(web.requests()).hasSize(2).allMatch(head -> head.contains("Authorization: secret"));
            assertThat(other.requests()).hasSize(1).noneMatch(head -> head.contains("secret"));
            assertThat(aws.item("m", web.url("/same")).toString())
                    .doesNotContain("secret")
                    .contains("Authorization");
        }
    }

    @Test
    void headers_of_the_caller_do_not_come_back_with_a_walk_that_left_their_origin() {
        try (TestWeb other = TestWeb.start()) {
            web.respond("/out", 302, "", "Location: " + other.url("/back")).respond("/chosen-by-other", 200, "x");
            other.respond("/back", 302, "", "Location: " + web.url("/chosen-by-other"));
            process(
                    pipeline(),
                    message("m", "{\"url\":\"" + web.url("/out") + "\",\"headers\":{\"X-Key\":\"secret\"}}"));
            assertThat(web.requests()).hasSize(2);
            assertThat(web.requests().getFirst()).contains("secret");
            assertThat(web.requests().getLast())
                    .startsWith("GET /chosen-by-other ")
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_busy_server_is_asked_again() {
        CountDownLatch first = new CountDownLatch(1);
        web.page("/busy", (_, out) -> {
            boolean isFirst = first.getCount() > 0;
            first.countDown();
            out.write(
                    isFirst
                            ? TestWeb.response(503, new byte[0], "Retry-After: 0")
                            : TestWeb.response(200, new byte[0]));
        });
        web.respond("/down", 500, "");
        process(pipeline("FETCH_ATTEMPTS_MAX", "3"), message("m", web.url("/busy") + "\n" + web.url("/down")));
        assertThat(status("m", "/busy")).isEqualTo("OK");
        assertThat(aws.attribute("m", web.url("/busy"), "attempts")).isEqualTo("2");
        assertThat(status("m", "/down")).isEqualTo("HTTP_ERROR");
        assertThat(aws.attribute("m", web.url("/down"), "attempts")).isEqualTo("3");
        assertThat(web.requests("/down")).isEqualTo(3);
    }

    @Test
    void one_key_is_fetched_once_and_settles_all_its_messages() {
        web.respond("/x", 200, "x");
        String body = "{\"batchId\":\"b\",\"urls\":[\"" + web.url("/x") + "#frag\"]}";
        String other = "{\"batchId\":\"b\",\"urls\":[{\"url\":\"" + web.url("/x") + "\",\"tag\":\"t\"}]}";
        BatchVerdict verdict = process(pipeline(), message("m1", body), message("m2", other), message("m1", body));
        assertThat(web.requests("/x")).isEqualTo(1);
        assertThat(verdict.messages()).isEqualTo(2);
        assertThat(verdict.duplicates()).isEqualTo(1);
        assertThat(verdict.duplicatesWithOtherOptions()).isEqualTo(1);
        assertThat(verdict.settled())
                .singleElement()
                .satisfies(one -> assertThat(one.messageIds()).containsExactly("m1", "m2"));
    }

    @Test
    void of_one_key_named_twice_the_first_ones_evidence_stands() {
        web.respond("/x", 200, "x");
        String item =
                "{\"batchId\":\"b\",\"urls\":[{\"url\":\"%s\",\"earlier\":{\"status\":\"FAILED\",\"attempts\":%d,\"times\":1}}]}";
        BatchVerdict verdict = process(
                pipeline(),
                message("m1", item.formatted(web.url("/x"), 3)),
                message("m2", item.formatted(web.url("/x"), 4)));
        assertThat(verdict.duplicatesWithOtherOptions()).isEqualTo(1);
        assertThat(attempts(aws.item("b", web.url("/x")))).isEqualTo("3");
    }

    private static String attempts(JsonNode record) {
        JsonNode earlier = record.field("earlier").orElseThrow().field("M").orElseThrow();
        return earlier.field("attempts").orElseThrow().field("N").orElseThrow().text();
    }

    @Test
    void a_message_that_cannot_be_read_is_quarantined_with_its_reason_and_acknowledged() {
        BatchVerdict verdict = process(
                pipeline(),
                new QueueMessage(
                        "bad",
                        "r",
                        "{\"urls\": 5}",
                        SENT_AT,
                        1,
                        null,
                        Map.of(
                                "team",
                                MessageAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue("blue")
                                        .build())));
        assertThat(verdict.quarantined())
                .singleElement()
                .satisfies(one -> assertThat(one.refusal()).isNull());
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(aws.sent()).singleElement().satisfies(sent -> {
            assertThat(sent.field("MessageBody").orElseThrow().text()).isEqualTo("{\"urls\": 5}");
            assertThat(sent.field("QueueUrl").orElseThrow().text()).endsWith("/dead");
            assertThat(sent.field("MessageAttributes").orElseThrow().toString()).contains("urls", "team", "blue");
        });
    }

    @Test
    void a_message_whose_quarantine_fails_is_reported_back() {
        aws.fault("SendMessage", 1, Answer.error(500, "InternalError"));
        BatchVerdict verdict = process(pipeline(), message("bad", "{"), message("empty", ""));
        assertThat(verdict.reportedBack()).containsExactly("bad");
        assertThat(aws.visibilityChanges()).hasSize(1);
    }

    @Test
    void unprocessed_items_are_written_again() {
        aws.fault("BatchWriteItem", 2, Answer.ALL_UNPROCESSED).fault("BatchWriteItem", 1, Answer.HALF_UNPROCESSED);
        String body = IntStream.range(0, 30).mapToObj(i -> "no-url-" + i).collect(Collectors.joining("\n"));
        BatchVerdict verdict = process(pipeline(), message("m", body));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(aws.itemCount()).isEqualTo(30);
    }

    @Test
    void what_stays_unprocessed_for_ever_is_deferred() throws Exception {
        aws.fault("BatchWriteItem", 10_000, Answer.ALL_UNPROCESSED);
        BatchVerdict verdict = processWithin(Duration.ofSeconds(4), message("m", "no-url-1\nno-url-2"));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled()).hasSize(2).allMatch(one -> one.ending() instanceof Ending.Deferred);
        assertThat(aws.sentInBatches()).hasSize(1);
    }

    @Test
    void a_write_whose_answer_is_lost_is_made_again_and_leaves_one_record() {
        web.respond("/a", 200, "x").respond("/b", 200, "x");
        aws.fault("BatchWriteItem", 2, Answer.LOST).fault("PutItem", 2, Answer.LOST);
        BatchVerdict verdict = process(pipeline(), message("m1", web.url("/a")), redelivered("m2", web.url("/b")));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled()).allMatch(FetchPipelineTest::isOk);
        assertThat(aws.sentInBatches()).isEmpty();
        assertThat(aws.itemCount()).isEqualTo(2);
        assertThat(web.requests()).hasSize(2);
    }

    @Test
    void a_throttled_table_is_written_later() {
        aws.fault("BatchWriteItem", 2, Answer.error(400, "ProvisionedThroughputExceededException"))
                .fault("BatchWriteItem", 1, Answer.error(500, "InternalServerError"));
        assertThat(process(pipeline(), message("m", "no-url")).reportedBack()).isEmpty();
        assertThat(aws.itemCount()).isEqualTo(1);
    }

    @Test
    void what_the_table_does_not_take_is_deferred() {
        aws.fault("BatchWriteItem", 1, Answer.error(400, "ValidationException"))
                .fault("PutItem", 1, Answer.error(400, "ValidationException"));
        BatchVerdict first = process(pipeline(), message("m", "no-url"));
        assertThat(first.reportedBack()).isEmpty();
        assertThat(first.settled())
                .singleElement()
                .extracting(Settled::ending)
                .isEqualTo(new Ending.Deferred("its record was not written: ValidationException: as told", null));
        assertThat(aws.sentInBatches()).hasSize(1);
        assertThat(aws.itemCount()).isZero();
    }

    @Test
    void an_item_that_spoils_its_batch_is_written_alone() {
        aws.fault("BatchWriteItem", 1, Answer.error(400, "ValidationException"))
                .fault("PutItem", 1, Answer.error(400, "ValidationException"));
        BatchVerdict verdict = process(pipeline(), message("m1", "no-url-1"), message("m2", "no-url-2"));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(aws.sentInBatches()).hasSize(1);
        assertThat(aws.itemCount()).isEqualTo(1);
    }

    @Test
    void a_redelivered_message_fetches_only_what_is_not_recorded() {
        web.respond("/a", 200, "x").respond("/b", 200, "x");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/a")));
        process(pipeline, redelivered("m", web.url("/a") + "\n" + web.url("/b")));
        assertThat(web.requests("/a")).isEqualTo(1);
        assertThat(web.requests("/b")).isEqualTo(1);
        assertThat(status("m", "/b")).isEqualTo("OK");
        assertThat(aws.calls()).contains("BatchGetItem", "PutItem");
    }

    @Test
    void the_same_batch_sent_again_is_fetched_again() {
        web.respond("/a", 200, "x");
        FetchPipeline pipeline = pipeline();
        process(pipeline, message("m", web.url("/a")));
        process(pipeline, new QueueMessage("m", "r", web.url("/a"), SENT_AT + 86_400_000, 2, null, Map.of()));
        assertThat(web.requests("/a")).isEqualTo(2);
        assertThat(aws.attribute("m", web.url("/a"), "requestedAt")).isEqualTo(Long.toString(SENT_AT + 86_400_000));
    }

    @Test
    void at_the_deadline_what_is_done_is_recorded_and_the_rest_deferred() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        web.respond("/fast", 200, "x").page("/slow", (_, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            TestWeb.waitForHangUp(out, closed);
        });
        Deadline deadline = Deadline.in(MARGIN.plusSeconds(2), time);
        BatchVerdict verdict = pipeline("FETCH_IN_FLIGHT_PER_HOST_MAX", "1")
                .process(
                        List.of(
                                message("m1", web.url("/fast")),
                                message("m2", web.url("/slow")),
                                message("m3", web.url("/fast") + "?2")),
                        deadline)
                .join();
        assertThat(deadline.passed()).isFalse();
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(status("m1", "/fast")).isEqualTo("OK");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(aws.itemCount()).isEqualTo(1);
        assertThat(aws.sentInBatches())
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.field("MessageBody").orElseThrow().text())
                        .contains("/slow", "/fast?2"));
    }

    @Test
    void ten_thousand_items_that_end_at_once_do_not_grow_the_stack() {
        String body = IntStream.range(0, 10_000)
                .mapToObj(i -> "http://10.0.0.1:80/" + i)
                .collect(Collectors.joining("\n"));
        BatchVerdict verdict = process(pipeline(), message("m", body));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(aws.itemCount()).isEqualTo(10_000);
    }

    @Test
    void an_empty_list_is_acknowledged() {
        BatchVerdict verdict = process(pipeline(), message("m", "[]"));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.messages()).isEqualTo(1);
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void what_cannot_be_written_is_not_fetched_either() {
        aws.fault("BatchWriteItem", 1_000, Answer.NONE);
        String body = IntStream.range(0, 1_000).mapToObj(i -> web.url("/" + i)).collect(Collectors.joining("\n"));
        // So small a heap has room for 100 records that wait, and these fetches are 10 at a time.
        FetchPipeline pipeline =
                pipeline(10_000_000, "FETCH_IN_FLIGHT_PER_HOST_MAX", "10", "FETCH_BODY_BYTES_MAX", "1000");
        Deadline deadline = Deadline.in(MARGIN.plusSeconds(3), time);
        BatchVerdict verdict =
                pipeline.process(List.of(message("m", body)), deadline).join();
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled()).hasSize(1_000).allMatch(one -> one.ending() instanceof Ending.Deferred);
        // The 100, those in flight, and a few that started while a record was being made.
        assertThat(web.requests().size()).isBetween(1, 150);
    }

    @Test
    void a_table_that_never_answers_a_write_holds_up_no_invocation() throws Exception {
        aws.fault("BatchWriteItem", 10, Answer.NONE).fault("PutItem", 10, Answer.NONE);
        BatchVerdict verdict =
                processWithin(Duration.ofMillis(900), message("m1", "no-url"), redelivered("m2", "no-url-either"));
        assertThat(verdict.settled()).hasSize(2).allMatch(one -> one.ending() instanceof Ending.Deferred);
    }

    @Test
    void a_table_that_never_answers_a_read_holds_up_no_invocation() throws Exception {
        aws.fault("BatchGetItem", 10, Answer.NONE);
        BatchVerdict verdict =
                processWithin(MARGIN.plusMillis(300), redelivered("m1", "no-url"), message("m2", "no-url"));
        assertThat(verdict.reportedBack()).isEmpty();
    }

    @Test
    void a_queue_that_never_answers_holds_up_no_invocation() throws Exception {
        aws.fault("SendMessage", 10, Answer.NONE).fault("ChangeMessageVisibilityBatch", 10, Answer.NONE);
        BatchVerdict verdict = processWithin(Duration.ofMillis(500), message("bad", "{"), message("good", "no-url"));
        assertThat(verdict.reportedBack()).containsExactly("bad");
        assertThat(aws.itemCount()).isEqualTo(1);
    }

    @Test
    void a_visibility_change_that_never_ends_holds_up_no_invocation() throws Exception {
        aws.fault("SendMessage", 1, Answer.error(400, "AccessDenied"))
                .fault("ChangeMessageVisibilityBatch", 10, Answer.NONE);
        assertThat(processWithin(Duration.ofMillis(500), message("bad", "{")).reportedBack())
                .containsExactly("bad");
    }

    /// The bound of the wait only keeps a fault from stopping the whole run.
    private BatchVerdict processWithin(Duration remaining, QueueMessage... messages) throws Exception {
        return pipeline()
                .process(List.of(messages), Deadline.in(remaining, time))
                .get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_redelivered_message_whose_records_cannot_be_read_keeps_no_other_waiting() {
        aws.fault("BatchGetItem", 10, Answer.NONE);
        web.respond("/a", 200, "x");
        Deadline deadline = Deadline.in(MARGIN.plusMillis(700), time);
        BatchVerdict verdict = pipeline()
                .process(List.of(redelivered("m1", web.url("/b")), message("m2", web.url("/a"))), deadline)
                .join();
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(aws.sentInBatches()).hasSize(1);
        assertThat(status("m2", "/a")).isEqualTo("OK");
    }

    private FetchPipeline tellingPipeline(String... settings) {
        List<String> all = new ArrayList<>(List.of("FETCH_BATCHES_TABLE", "batches"));
        all.addAll(List.of(settings));
        return pipeline(all.toArray(String[]::new));
    }

    private String named(String... paths) {
        return Arrays.stream(paths)
                .map(web::url)
                .collect(Collectors.joining("\",\"", "{\"batchId\":\"mine\",\"urls\":[\"", "\"]}"));
    }

    private static String member(JsonNode row, String attribute, String type) {
        JsonNode value = row.field(attribute).orElseThrow().field(type).orElseThrow();
        return value.isString() ? value.text() : value.toString();
    }

    @Test
    void at_its_end_an_invocation_tells_what_it_did_for_a_batch() {
        web.respond("/a", 200, "x").respond("/b", 404, "");
        BatchVerdict verdict = tellingPipeline()
                .process(
                        List.of(message("m1", named("/a", "/b", "/a")), message("m2", web.url("/a"))),
                        Deadline.in(PLENTY, time),
                        "request-1")
                .join();
        assertThat(verdict.progress()).isEqualTo(new ProgressTable.Result(1, 0, null));
        assertThat(aws.rows()).singleElement().satisfies(row -> {
            assertThat(member(row, "batchId", "S")).isEqualTo("mine");
            assertThat(member(row, "entry", "S")).matches("at#[0-9]{13}#request-1");
            assertThat(member(row, "counts", "M")).contains("\"OK\"", "\"HTTP_ERROR\"");
            assertThat(member(row, "finals", "M"))
                    .contains(KeySum.of(web.url("/a")).plus(web.url("/b")).toString());
        });
        assertThat(aws.itemCount()).isEqualTo(3);
    }

    @Test
    void without_a_table_of_batches_nothing_is_told() {
        web.respond("/a", 200, "x");
        assertThat(process(pipeline(), message("m1", named("/a"))).progress()).isEqualTo(ProgressTable.Result.NONE);
        assertThat(aws.calls()).containsExactly("BatchWriteItem");
        assertThat(aws.rows()).isEmpty();
    }

    @Test
    void what_comes_again_is_told_once() {
        web.respond("/a", 200, "x").respond("/b", 200, "x");
        FetchPipeline pipeline = tellingPipeline();
        process(pipeline, message("m1", named("/a")));
        process(pipeline, redelivered("m1", named("/a", "/b")));
        process(pipeline, redelivered("m1", named("/a", "/b")));
        assertThat(aws.rows())
                .extracting(row -> member(row, "finals", "M"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains(KeySum.of(web.url("/a")).toString()),
                        then -> assertThat(then)
                                .contains(KeySum.of(web.url("/b")).toString()));
    }

    @Test
    void what_another_delivery_wrote_meanwhile_is_told_by_that_one() {
        FetchPipeline pipeline = tellingPipeline();
        web.page("/a", (_, out) -> {
            out.write(TestWeb.response(200, new byte[0]));
        });
        AtomicBoolean isFirst = new AtomicBoolean(true);
        web.page("/b", (_, out) -> {
            if (isFirst.getAndSet(false)) {
                process(pipeline, redelivered("m1", named("/b")));
            }
            out.write(TestWeb.response(200, new byte[0]));
        });
        BatchVerdict slower = process(pipeline, redelivered("m1", named("/a", "/b")));
        assertThat(slower.settled()).allMatch(FetchPipelineTest::isOk);
        assertThat(aws.rows())
                .extracting(row -> member(row, "finals", "M"))
                .satisfiesExactly(
                        faster -> assertThat(faster)
                                .contains(KeySum.of(web.url("/b")).toString()),
                        then -> assertThat(then)
                                .contains(KeySum.of(web.url("/a")).toString()));
    }

    @Test
    void rows_that_cannot_be_written_change_nothing_else() {
        web.respond("/a", 200, "x");
        // The record of a redelivered message is put, so this is the call of the rows.
        aws.fault("BatchWriteItem", 1, Answer.error(400, "ResourceNotFoundException"));
        BatchVerdict verdict = process(tellingPipeline(), redelivered("m1", named("/a")));
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.settled()).singleElement().matches(FetchPipelineTest::isOk);
        assertThat(verdict.progress().notWritten()).isEqualTo(1);
        assertThat(verdict.progress().reason()).startsWith("ResourceNotFoundException");
        assertThat(aws.calls()).containsExactly("BatchGetItem", "PutItem", "BatchWriteItem");
    }

    @Test
    void a_batches_table_that_never_answers_holds_up_no_invocation() throws Exception {
        aws.fault("BatchWriteItem", 10, Answer.NONE);
        web.respond("/a", 200, "x");
        BatchVerdict verdict = tellingPipeline()
                .process(List.of(redelivered("m1", named("/a"))), Deadline.in(Duration.ofSeconds(4), time))
                .get(30, TimeUnit.SECONDS);
        assertThat(verdict.reportedBack()).isEmpty();
        assertThat(verdict.progress().notWritten()).isEqualTo(1);
    }

    @Test
    void a_url_with_user_information_takes_nothing_from_the_same_url_without() {
        web.respond("/x", 200, "x");
        String withUser = web.url("/x").replace("http://", "http://me:secret@");
        assertThat(process(pipeline(), message("m", withUser + "\n" + web.url("/x")))
                        .reportedBack())
                .isEmpty();
        assertThat(web.requests("/x")).isEqualTo(1);
        assertThat(status("m", "/x")).isEqualTo("OK");
    }

    @Test
    void an_entry_of_a_million_braces_is_read_in_no_time() {
        String entry = "{".repeat(200_000);
        process(pipeline(), message("m", "x\n" + entry));
        assertThat(aws.itemCount()).isEqualTo(2);
    }
}
