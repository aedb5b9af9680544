package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WaitNoticeTest {
    private static final QueueCounts DELAYED = new QueueCounts(0, 0, 2);
    private static final FetchRecord BUSY = Records.retrying("http://a.example/x", "2026-01-01T15:32:10.123Z");

    private final List<String> said = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T14:32:10Z");
    private final WaitNotice notice = new WaitNotice(10, () -> now, said::add);

    @Test
    void says_how_many_wait_and_until_when_and_why() {
        notice.seen(waiting(10, 3, Records.told(BUSY, "3600", 3_600_000, "AS_SAID")));
        assertThat(said)
                .containsExactly(
                        "3 URLs wait for their next try, the first at 15:32:10 UTC (http://a.example/x: HTTP 503,"
                                + " told to wait 3600 s); Ctrl-C ends the run, --set FETCH_RETRY_WAIT_MAX_MS=... shortens such"
                                + " waits.");
    }

    @Test
    void says_it_of_one() {
        notice.seen(waiting(10, 1, BUSY));
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("1 URL waits for its next try, at 15:32:10 UTC (http://");
    }

    @Test
    void says_what_became_of_what_the_server_said() {
        assertThat(causeOf(Records.told(BUSY, "7200", 2_500, "CLAMPED")))
                .isEqualTo("HTTP 503, told Retry-After: 7200, cut to 3 s");
        assertThat(causeOf(Records.told(BUSY, "in a while", 0, "NOT_UNDERSTOOD")))
                .isEqualTo("HTTP 503, told Retry-After: in a while, which is not understood");
        assertThat(causeOf(Records.told(BUSY, "x".repeat(100), 0, "NOT_UNDERSTOOD")))
                .isEqualTo("HTTP 503, told Retry-After: " + "x".repeat(37) + "..., which is not understood");
    }

    @Test
    void says_the_error_where_there_was_no_response() {
        Map<String, AttributeValue> row = new LinkedHashMap<>(BUSY.attributes());
        row.remove("httpStatus");
        assertThat(causeOf(new FetchRecord(row))).isEqualTo("to be tried again");
        row.put(
                "error",
                AttributeValue.fromM(Map.of(
                        "kind", AttributeValue.fromS("DNS"), "detail", AttributeValue.fromS("no address for h"))));
        assertThat(causeOf(new FetchRecord(row))).isEqualTo("DNS: no address for h");
    }

    @Test
    void the_url_is_the_whole_one_cut_to_a_line() {
        Map<String, AttributeValue> row = new LinkedHashMap<>(BUSY.attributes());
        row.put("fullUrl", AttributeValue.fromS("http://a.example/" + "x".repeat(1_000)));
        notice.seen(waiting(10, 1, new FetchRecord(row)));
        assertThat(said)
                .singleElement()
                .asString()
                .contains("(http://a.example/xxx")
                .hasSizeLessThan(400);
    }

    @Test
    void those_that_were_not_tried_have_no_record() {
        notice.seen(waiting(6, 0, null));
        assertThat(said).containsExactly("4 URLs wait for the turn of their hosts; Ctrl-C ends the run.");
    }

    @Test
    void one_that_was_not_tried() {
        notice.seen(waiting(9, 0, null));
        assertThat(said).containsExactly("1 URL waits for the turn of its host; Ctrl-C ends the run.");
    }

    @Test
    void both_kinds_together() {
        notice.seen(waiting(6, 2, BUSY));
        assertThat(said)
                .containsExactly(
                        "2 URLs wait for their next try, the first at 15:32:10 UTC (http://a.example/x: HTTP 503),"
                                + " and 4 more for their turn; Ctrl-C ends the run, --set FETCH_RETRY_WAIT_MAX_MS=... shortens"
                                + " such waits.");
    }

    @Test
    void records_that_do_not_say_when() {
        notice.seen(waiting(10, 2, null));
        assertThat(said).singleElement().asString().startsWith("2 URLs wait for their next try; Ctrl-C ends the run");
    }

    @Test
    void messages_without_a_url_that_is_open() {
        notice.seen(waiting(10, 0, null));
        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("every URL has its record, and messages on the queue: 2;");
    }

    @Test
    void is_silent_while_something_can_happen() {
        notice.seen(new RunLook(new QueueCounts(1, 0, 2), 10, retrying(3, BUSY), true));
        notice.seen(new RunLook(new QueueCounts(0, 1, 2), 10, retrying(3, BUSY), true));
        notice.seen(new RunLook(new QueueCounts(0, 0, 0), 10, retrying(0, null), true));
        assertThat(said).isEmpty();
    }

    @Test
    void is_silent_where_it_knows_only_what_was() {
        notice.seen(new RunLook(DELAYED, 10, retrying(3, BUSY), false));
        assertThat(said).isEmpty();
    }

    @Test
    void says_the_same_once() {
        notice.seen(waiting(10, 3, BUSY));
        pass(Duration.ofMinutes(50));
        notice.seen(waiting(10, 3, BUSY));
        assertThat(said).hasSize(1);
    }

    @Test
    void another_long_wait_is_news_at_once() {
        notice.seen(waiting(10, 3, BUSY));
        notice.seen(new RunLook(new QueueCounts(1, 0, 0), 10, retrying(3, BUSY), true));
        pass(Duration.ofSeconds(5));
        notice.seen(waiting(10, 3, Records.retrying("http://a.example/x", "2026-01-01T15:33:11Z")));
        assertThat(said).hasSize(2);
    }

    @Test
    void short_waits_are_said_once_a_minute() {
        for (int second = 0; second < 121; second++) {
            notice.seen(waiting(
                    10,
                    3,
                    Records.retrying("http://a.example/x", now.plusSeconds(1).toString())));
            pass(Duration.ofSeconds(1));
        }
        assertThat(said).hasSize(3);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private String causeOf(FetchRecord first) {
        said.clear();
        new WaitNotice(10, () -> now, said::add).seen(waiting(10, 1, first));
        return said.getFirst().replaceFirst(".*http://a.example/x: (.*)\\); Ctrl-C .*", "$1");
    }

    private static RunLook waiting(long records, long retrying, FetchRecord first) {
        return new RunLook(DELAYED, records, retrying(retrying, first), true);
    }

    private static RetryingRecords retrying(long count, FetchRecord first) {
        return new RetryingRecords(count, first);
    }
}
