package dev.fetchline.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.simulation.Plan.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Named weather. Each test asserts by way of the checker that every promise is kept, and what its name says.
class ScenariosTest {
    @Test
    void slow_503s_then_revert() {
        PlanBuilder plan = Scenario.plan();
        plan.message(0, "b", pages(plan, Manner.WEATHERED, 30, 1, Duration.ofHours(1)));
        Scenario scenario = Scenario.run(plan.set("FETCH_ATTEMPTS_MAX", 20), Weather.calm());
        assertThat(scenario.finals(Manner.WEATHERED)).hasSize(30);
        assertThat(scenario.finals(Manner.WEATHERED)
                        .filter(it -> it.after().status().equals("OK")))
                .isNotEmpty();
    }

    @Test
    void black_hole_until_deadline() {
        PlanBuilder plan = Scenario.plan();
        List<Entry> entries = pages(plan.onHost("hole.example"), Manner.BLACK_HOLE, 40, 1, Duration.ZERO);
        entries.addAll(pages(plan.onHost("quick.example"), Manner.GOOD, 40, 1, Duration.ZERO));
        plan.message(0, "b", entries);
        Scenario scenario = Scenario.run(plan, Weather.calm());
        assertThat(scenario.finals(Manner.BLACK_HOLE)).hasSize(40);
        assertThat(scenario.finals(Manner.GOOD))
                .hasSize(40)
                .allMatch(it -> it.at() < Duration.ofSeconds(10).toNanos());
        // 4 attempts each; what a deadline cuts off is begun again.
        assertThat(scenario.requests(Manner.BLACK_HOLE)).isBetween(160L, 240L);
    }

    @Test
    void table_throttled_half_the_time() {
        PlanBuilder plan = Scenario.plan();
        plan.message(0, "b", pages(plan, Manner.GOOD, 200, 1, Duration.ZERO));
        Scenario scenario = Scenario.run(
                plan, Weather.calm().with(Fault.TABLE_THROTTLED, 0.5).with(Fault.TABLE_PARTLY, 0.5));
        assertThat(scenario.finals(Manner.GOOD)).hasSize(200);
        assertThat(scenario.requests(Manner.GOOD)).isLessThan(220);
    }

    @Test
    void table_down_for_an_hour() {
        PlanBuilder plan = Scenario.plan();
        for (int i = 0; i < 10; i++) {
            plan.message(i, "b" + i, pages(plan, Manner.GOOD, 50, 1, Duration.ZERO));
        }
        Scenario scenario = Scenario.run(plan, Weather.calm().withTableDown(Duration.ZERO, Duration.ofHours(1)));
        assertThat(scenario.finals(Manner.GOOD)).hasSize(500);
        assertThat(scenario.drainedAfter()).isLessThan(Duration.ofMinutes(90));
        // Each comes again every few minutes, and no two copies of one are alive at once: the checker sees to that.
        assertThat(scenario.copies()).isLessThan(500 * 20);
        assertThat(scenario.requests(Manner.GOOD)).isLessThan(500 * 5);
    }

    @Test
    void one_host_ten_thousand_urls() {
        PlanBuilder plan = Scenario.plan().onHost("slow.example").batchMax(100);
        for (int i = 0; i < 100; i++) {
            plan.message(i, "b" + i % 4, pages(plan, Manner.SLOW, 100, 1, Duration.ZERO));
        }
        Scenario scenario = Scenario.run(plan, Weather.calm().withEnvironments(5));
        assertThat(scenario.finals(Manner.SLOW)).hasSize(10_000);
        assertThat(scenario.requests(Manner.SLOW)).isLessThan(10_500);
        assertThat(scenario.copies()).isLessThan(20_000);
    }

    @Test
    void told_to_wait_a_hundred_times() {
        PlanBuilder plan = Scenario.plan()
                .set("FETCH_RETRY_WAIT_MAX_MS", 60_000)
                // A Retry-After that nobody understands is a try like any other.
                .set("FETCH_ATTEMPTS_MAX", 20);
        plan.message(0, "b", pages(plan, Manner.TELLS_TO_WAIT, 3, 100, Duration.ZERO));
        Scenario scenario = Scenario.run(plan, Weather.calm());
        assertThat(scenario.finals(Manner.TELLS_TO_WAIT))
                .hasSize(3)
                .allMatch(it -> it.after().status().equals("OK"));
        assertThat(scenario.requests(Manner.TELLS_TO_WAIT)).isEqualTo(3 * 101);
    }

    @Test
    void told_to_wait_for_ever() {
        PlanBuilder plan = Scenario.plan();
        plan.message(0, "b", pages(plan, Manner.NEVER_READY, 3, 1, Duration.ZERO));
        Scenario scenario = Scenario.run(plan, Weather.calm());
        assertThat(scenario.finals(Manner.NEVER_READY))
                .hasSize(3)
                .allMatch(it -> it.after().status().equals("HTTP_ERROR"));
    }

    @Test
    void answers_of_the_queue_get_lost() {
        Scenario scenario = Scenario.run(
                mixed(),
                Weather.calm()
                        .lasting(Duration.ofMinutes(40))
                        .with(Fault.SEND_UNANSWERED, 0.5)
                        .with(Fault.SEND_LOST, 0.2)
                        .with(Fault.DELETE_LOST, 0.3)
                        .with(Fault.RESPONSE_LOST, 0.3));
        assertThat(scenario.events(Event.ResponseLost.class)).isNotEmpty();
        assertThat(scenario.events(Event.SendFailed.class)).isNotEmpty();
    }

    @Test
    void two_environments_get_every_message() {
        Scenario scenario = Scenario.run(
                mixed(),
                Weather.calm()
                        .lasting(Duration.ofMinutes(20))
                        .withEnvironments(4)
                        .with(Fault.MESSAGE_HANDED_OUT_TWICE, 0.7));
        assertThat(scenario.events(Event.HandedOutTwice.class)).hasSizeGreaterThan(10);
    }

    @Test
    void killed_at_every_step() {
        Scenario scenario = Scenario.run(
                mixed(), Weather.calm().lasting(Duration.ofHours(2)).with(Fault.ENVIRONMENT_KILLED, 0.6));
        assertThat(scenario.events(Event.Killed.class)).hasSizeGreaterThan(5);
    }

    @Test
    void frozen_and_slow_on_all_sides() {
        Scenario scenario = Scenario.run(
                mixed(),
                Weather.calm()
                        .with(Fault.ENVIRONMENT_FROZEN, 0.5)
                        .with(Fault.TABLE_SLOW, 0.3)
                        .with(Fault.QUEUE_SLOW, 0.3));
        assertThat(scenario.events(Event.Frozen.class)).isNotEmpty();
    }

    @Test
    void the_same_batch_the_next_day() {
        PlanBuilder plan = Scenario.plan();
        List<Entry> entries = pages(plan, Manner.GOOD, 50, 1, Duration.ZERO);
        plan.message(0, "daily", entries);
        plan.message(Duration.ofDays(1).toNanos(), "daily", entries);
        Scenario scenario = Scenario.run(
                plan,
                Weather.calm()
                        .lasting(Duration.ofHours(26))
                        .with(Fault.RESPONSE_LOST, 0.5)
                        .with(Fault.TABLE_PARTLY, 0.5));
        assertThat(scenario.requests(Manner.GOOD)).isGreaterThanOrEqualTo(100);
        assertThat(scenario.finals(Manner.GOOD)
                        .filter(it -> it.after().requestedAt() >= World.EPOCH_MILLIS + 86_400_000)
                        .map(Event.Wrote::key)
                        .distinct())
                .hasSize(50);
    }

    @Test
    void wall_clocks_jump() {
        Weather weather = Weather.calm().with(Fault.CLOCK_JUMPED, 1).withSkew(Duration.ofMinutes(10));
        Scenario scenario = Scenario.run(mixed(), weather);
        assertThat(scenario.events(Event.Answered.class)).isNotEmpty();
    }

    private static PlanBuilder mixed() {
        PlanBuilder plan = Scenario.plan();
        for (Manner manner : Manner.values()) {
            plan.message(
                    manner.ordinal() * 1_000_000L,
                    "b" + manner.ordinal() % 3,
                    pages(plan, manner, 4, 2, Duration.ofMinutes(30)));
        }
        return plan;
    }

    private static List<Entry> pages(PlanBuilder plan, Manner manner, int count, int number, Duration goodFrom) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(plan.entry(manner, number, goodFrom.toNanos()));
        }
        return entries;
    }
}
