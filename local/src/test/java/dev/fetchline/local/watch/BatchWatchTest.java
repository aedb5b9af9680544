package dev.fetchline.local.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.QueueCounts;
import dev.fetchline.local.watch.BatchWatch.Ending;
import dev.fetchline.progress.KeySum;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Watching in virtual time.
class BatchWatchTest {
    private static final QueueCounts EMPTY = new QueueCounts(0, 0, 0);
    private static final WatchPace LOCAL = WatchPace.local();
    private static final double UNIT_USD = 0.000000125;
    private static final WatchPace BILLED = WatchPace.billed(UNIT_USD);

    @Test
    void rows_that_add_up_are_exact_and_nothing_is_read() {
        FakeBatch batch = new FakeBatch(2, 10);
        batch.finish(seconds(1), "00", 0, 10, "OK");
        batch.finish(seconds(5), "01", 0, 4, "OK");
        batch.finish(seconds(9), "01", 4, 10, "FAILED");
        BatchWatch watch = batch.watch(BILLED);

        assertThat(batch.run(watch, seconds(60))).contains(Ending.FINISHED);

        assertThat(batch.now).isEqualTo(FakeBatch.START.plusSeconds(10));
        assertThat(batch.read).isEmpty();
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("FAILED", 6L), Map.entry("OK", 14L));
        assertThat(watch.progress().isByStatusExact()).isTrue();
        assertThat(watch.progress().done()).isEqualTo(20);
        assertThat(watch.progress().retries()).isEqualTo(3);
        assertThat(watch.progress().bytes()).isEqualTo(3000);
    }

    @Test
    void a_key_that_was_counted_twice_does_not_stand_for_one_that_is_missing() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(1), "-", 0, 9, "OK");
        // Delivered twice: counted twice, there once. The tenth is still on its way.
        batch.row(seconds(2), Map.of("OK", 1L), Map.of("-", KeySum.of(FakeBatch.key("-", 0))), 0, Optional.empty());
        BatchWatch watch = batch.watch(LOCAL);

        assertThat(batch.run(watch, seconds(30))).isEmpty();
        assertThat(batch.read).containsExactly("-");
        assertThat(watch.progress().done()).isEqualTo(9);

        batch.finish(seconds(40), "-", 9, 10, "HTTP_ERROR");
        batch.queue = EMPTY;
        assertThat(batch.run(watch, seconds(60))).contains(Ending.FINISHED);
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("HTTP_ERROR", 1L), Map.entry("OK", 9L));
    }

    @Test
    void a_row_that_never_came_costs_one_reading_of_its_part_and_of_no_other() {
        FakeBatch batch = new FakeBatch(3, 10);
        batch.finish(seconds(1), "00", 0, 10, "OK");
        batch.finish(seconds(2), "01", 0, 9, "OK");
        batch.finish(seconds(2), "01", 9, 10, "FAILED", false);
        batch.finish(seconds(3), "02", 0, 10, "OK");
        batch.queue = EMPTY;
        BatchWatch watch = batch.watch(LOCAL);

        assertThat(batch.run(watch, seconds(60))).contains(Ending.FINISHED);

        assertThat(batch.read).containsExactly("01");
        assertThat(watch.progress().done()).isEqualTo(30);
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("FAILED", 1L), Map.entry("OK", 29L));
        assertThat(watch.progress().isByStatusExact()).isTrue();
    }

    @Test
    void a_url_counted_twice_costs_one_reading_and_the_other_parts_keep_what_rows_told_of_them() {
        FakeBatch batch = new FakeBatch(2, 10);
        batch.finish(seconds(1), "00", 0, 10, "FAILED");
        batch.finish(seconds(1), "01", 3, 4, "OK");
        // Of two deliveries at once the later one stands.
        batch.finish(seconds(2), "01", 0, 10, "FAILED");
        batch.queue = EMPTY;
        BatchWatch watch = batch.watch(LOCAL);
        assertThat(batch.run(watch, seconds(3))).isEmpty();
        assertThat(watch.progress().isByStatusExact()).isFalse();

        assertThat(batch.run(watch, seconds(60))).contains(Ending.FINISHED);

        assertThat(batch.read).containsExactly("01");
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("FAILED", 20L));
        assertThat(watch.progress().isByStatusExact()).isTrue();
    }

    @Test
    void a_row_that_comes_late_is_found() {
        FakeBatch batch = new FakeBatch(0, 20);
        batch.finish(seconds(100), "-", 0, 10, "OK");
        BatchWatch watch = batch.watch(BILLED);
        assertThat(batch.run(watch, seconds(120))).isEmpty();

        // Of an earlier time than the last one seen.
        batch.finish(seconds(30), "-", 10, 20, "OK");

        assertThat(batch.run(watch, seconds(10))).contains(Ending.FINISHED);
        assertThat(batch.read).isEmpty();
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("OK", 20L));
    }

    @Test
    void a_url_on_the_dead_letter_queue_is_missing_once_nothing_moves() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(1), "-", 0, 9, "OK");
        BatchWatch watch = batch.watch(BILLED);
        assertThat(batch.run(watch, seconds(300))).isEmpty();
        batch.queue = EMPTY;
        batch.deadLetters = 1;
        Instant empty = batch.now;

        assertThat(batch.run(watch, seconds(300))).contains(Ending.STANDS_STILL);

        assertThat(Duration.between(empty, batch.now)).isBetween(seconds(75), seconds(95));
        assertThat(batch.read).containsExactly("-");
        assertThat(watch.progress().missing()).isEqualTo(1);
        assertThat(watch.deadLetters()).isEqualTo(1);
    }

    @Test
    void an_empty_queue_is_not_believed_while_a_retry_is_due() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(1), "-", 0, 9, "OK");
        batch.row(seconds(2), Map.of(), Map.of(), 1, Optional.of(FakeBatch.START.plusSeconds(600)));
        batch.queue = EMPTY;
        BatchWatch watch = batch.watch(LOCAL);

        assertThat(batch.run(watch, seconds(500))).isEmpty();
        assertThat(new WatchScreen("b").line(watch, batch.now)).contains("put back 1 times, next in 2 min");
        batch.finish(seconds(601), "-", 9, 10, "OK");
        assertThat(batch.run(watch, seconds(200))).contains(Ending.FINISHED);
    }

    @Test
    void a_queue_that_others_keep_busy_ends_it_when_nothing_of_the_batch_can_move() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(1), "-", 0, 9, "OK");
        BatchWatch watch = batch.watch(BILLED);

        assertThat(batch.run(watch, Duration.ofHours(1))).contains(Ending.STANDS_STILL);

        assertThat(batch.now).isAfter(FakeBatch.START.plus(WatchPace.STUCK));
        assertThat(watch.progress().missing()).isEqualTo(1);
    }

    @Test
    void more_than_was_submitted_is_finished_too() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(1), "-", 0, 12, "OK");
        batch.queue = EMPTY;
        BatchWatch watch = batch.watch(LOCAL);

        assertThat(batch.run(watch, seconds(60))).contains(Ending.FINISHED);
        assertThat(watch.progress().done()).isEqualTo(10);
        assertThat(watch.progress().byStatus()).containsExactly(Map.entry("OK", 12L));
    }

    @Test
    void it_is_not_finished_before_all_is_sent() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.isSent = false;
        batch.finish(seconds(1), "-", 0, 10, "OK");
        BatchWatch watch = batch.watch(LOCAL);

        assertThat(batch.run(watch, seconds(20))).isEmpty();
        assertThat(new WatchScreen("b").line(watch, batch.now)).contains("10 of 10 (100.0%), 1 sent");
        batch.isSent = true;
        assertThat(batch.run(watch, seconds(20))).contains(Ending.FINISHED);
    }

    @Test
    void a_batch_without_head_or_rows_is_read_at_a_price_that_stays_low() {
        FakeBatch batch = new FakeBatch(0, 10_000);
        batch.hasHead = false;
        batch.usd = UNIT_USD;
        batch.finish(seconds(1), "-", 0, 9_999, "OK", false);
        batch.retrying("-", 9_999);
        BatchWatch watch = batch.watch(BILLED);

        assertThat(batch.run(watch, Duration.ofMinutes(20))).isEmpty();
        assertThat(batch.read.size()).isBetween(10, 25);
        assertThat(watch.spent().usd() * 3).isLessThan(WatchPace.USD_AN_HOUR_MAX);
        assertThat(new WatchScreen("b").line(watch, batch.now)).contains("9,999 final", "1 retrying");

        batch.finish(seconds(1), "-", 9_999, 10_000, "OK", false);
        batch.queue = EMPTY;
        assertThat(batch.run(watch, Duration.ofMinutes(5))).contains(Ending.FINISHED);
        assertThat(watch.progress().done()).isEqualTo(10_000);
    }

    @Test
    void a_look_at_an_empty_queue_waits_for_nothing_where_there_is_one_look_only() {
        FakeBatch batch = new FakeBatch(0, 10);
        batch.finish(seconds(0), "-", 0, 10, "OK", false);
        assertThat(batch.watch(BILLED).lookOnce(batch.now)).isEmpty();
        batch.queue = EMPTY;
        assertThat(batch.watch(BILLED).lookOnce(batch.now)).contains(Ending.FINISHED);
    }

    /// A million URLs in an hour, ten to a row: 28 rows a second, the most that this table is ever asked
    /// for.
    @Test
    void an_hour_of_a_million_urls_costs_no_more_than_five_cents() {
        FakeBatch batch = new FakeBatch(200, 10);
        batch.usd = UNIT_USD;
        // A row of 600 bytes at half a unit for 4 KB.
        batch.unitsARow = 0.5 * 600 / 4096;
        for (int row = 0; row < 100_000; row++) {
            batch.row(Duration.ofMillis(row * 36L), Map.of("OK", 10L), Map.of(), 0, Optional.empty());
        }
        // Never finished: its keys do not add up, and the queue is busy.
        BatchWatch watch = batch.watch(new WatchPace(
                BILLED.rows(),
                BILLED.queue(),
                BILLED.records(),
                BILLED.silent(),
                BILLED.still(),
                Duration.ofHours(2),
                BILLED.unitsPerSecond()));

        for (int second = 0; second < 3600; second++, batch.now = batch.now.plusSeconds(1)) {
            batch.rows.removeIf(row -> row.at().isBefore(batch.now.minusSeconds(300)));
            assertThat(watch.look(batch.now)).isEmpty();
        }

        assertThat(watch.spent().usd())
                .isLessThanOrEqualTo(WatchPace.USD_AN_HOUR_MAX)
                .isGreaterThan(0.01);
        assertThat(watch.progress().byStatus().get("OK")).isGreaterThan(990_000);
        assertThat(watch.progress().rate(batch.now).getAsDouble()).isBetween(250.0, 290.0);
    }

    @Test
    void the_screen_says_what_is_known() {
        FakeBatch batch = new FakeBatch(0, 100);
        batch.finish(seconds(5), "-", 0, 40, "OK");
        batch.finish(seconds(9), "-", 40, 50, "HTTP_ERROR");
        batch.queue = new QueueCounts(1_234, 5, 0);
        batch.deadLetters = 2;
        BatchWatch watch = batch.watch(LOCAL);
        assertThat(batch.run(watch, seconds(10))).isEmpty();
        Instant at = FakeBatch.START.plusSeconds(10);

        assertThat(new WatchScreen("b").lines(watch, "####....", at))
                .isEqualTo(List.of(
                        "b  ####....  50 of 100 (50.0%), 5.0 URLs/s, about 10 s left",
                        "  records     10 HTTP_ERROR, 40 OK",
                        "  queue       1,234 waiting, 5 in flight, 0 delayed, 2 on the dead-letter queue",
                        "  slow hosts  slow.example 1,500 ms",
                        "  spent       $0 (nothing is billed here)"));
        assertThat(new WatchScreen("b").line(watch, at))
                .isEqualTo(
                        "2026-01-01T00:00:10Z b: 50 of 100 (50.0%), 5.0 URLs/s, about 10 s left; 10 HTTP_ERROR, 40 OK;"
                                + " queue 1,234 waiting, 5 in flight, 0 delayed, 2 dead letters");
        assertThat(new WatchScreen("b\"").json(watch, "GOING", at))
                .isEqualTo(
                        "{\"at\":\"2026-01-01T00:00:10Z\",\"batchId\":\"b\\\"\",\"state\":\"GOING\",\"total\":100,"
                                + "\"done\":50,\"byStatus\":{\"HTTP_ERROR\":10,\"OK\":40},\"exact\":false,\"deferred\":0,"
                                + "\"nextAttemptAt\":null,\"urlsPerSecond\":5.00,\"secondsLeft\":10,"
                                + "\"queue\":{\"visible\":1234,\"inFlight\":5,\"delayed\":0},\"deadLetters\":2,\"usd\":0.000000}");
        assertThat(new WatchScreen("b").summary(watch, Ending.STANDS_STILL))
                .contains("missing    50 have no final record, and nothing moves any more")
                .endsWith("spent      $0 (nothing is billed here)");
        assertThat(new Spent(9_411.5, 60, UNIT_USD, 0.0000004).text())
                .isEqualTo("$0.0012 (9,412 read units, 60 requests of SQS)");
        assertThat(WatchScreen.text(Duration.ofMillis(44_600))).isEqualTo("45 s");
        assertThat(WatchScreen.text(Duration.ofSeconds(200))).isEqualTo("3 min");
        assertThat(WatchScreen.text(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void no_time_left_is_told_by_one_row_alone() {
        FakeBatch batch = new FakeBatch(0, 100);
        batch.finish(Duration.ofSeconds(5), "-", 0, 10, "OK");
        BatchProgress progress = new BatchProgress(batch.parts, batch.head());
        progress.see(batch.rows);
        Instant now = FakeBatch.START.plusSeconds(10);
        assertThat(progress.rate(now)).hasValue(1);
        assertThat(progress.timeLeft(now)).isEmpty();

        batch.finish(Duration.ofSeconds(10), "-", 10, 20, "OK");
        progress.see(batch.rows);
        assertThat(progress.timeLeft(now)).contains(Duration.ofSeconds(40));
    }
}
