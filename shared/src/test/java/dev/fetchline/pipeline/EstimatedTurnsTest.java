package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EstimatedTurnsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /// 6 and 256 at once, each for 20 s at the most.
    private static final EstimatedTurns.Rates SLOWEST = EstimatedTurns.Rates.of(6, 256, Duration.ofSeconds(20));

    private static WorkItem item(String url) {
        FetchItem entry = FetchItem.get(url);
        WorkItem.Task task = WorkItem.Task.of(entry);
        return new WorkItem(
                task.keyIn("b"), entry, task, new Origin("m", 0), Progress.none(0), false, false, null, Set.of("m"));
    }

    private static List<Worked> fetched(String host, int count) {
        List<Worked> worked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            worked.add(new Worked.Ended(
                    item("http://" + host + "/done" + i),
                    new Ending.Recorded(RecordStatus.OK, Duration.ZERO, 1, 1, 0, false)));
        }
        return worked;
    }

    private static List<Duration> turns(EstimatedTurns turns, String host, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> turns.next(item("http://" + host + "/left" + i)))
                .toList();
    }

    @Test
    void a_long_queue_of_one_host_is_spread_over_the_time_that_the_host_needs() {
        // 600 in a minute: 10 a second, so the 6,000 that are left need ten minutes.
        List<Duration> turns =
                turns(EstimatedTurns.after(fetched("slow.example", 600), MINUTE, SLOWEST), "slow.example", 6_000);
        assertThat(turns).isSorted();
        assertThat(turns.getFirst()).isZero();
        assertThat(turns.getLast()).isBetween(Duration.ofSeconds(560), Duration.ofSeconds(600));
        // Whole slices, so that many share a message.
        assertThat(turns.stream().distinct().count()).isEqualTo(20);
    }

    @Test
    void the_queue_of_one_host_delays_no_other_by_its_own_length() {
        List<Worked> worked = fetched("slow.example", 60);
        worked.addAll(fetched("fast.example", 6_000));
        EstimatedTurns turns = EstimatedTurns.after(worked, MINUTE, SLOWEST);
        assertThat(turns(turns, "slow.example", 600).getLast()).isGreaterThan(Duration.ofMinutes(8));
        assertThat(turns(turns, "fast.example", 100).getLast()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void many_hosts_share_what_an_invocation_gets_through() {
        EstimatedTurns turns = EstimatedTurns.after(fetched("done.example", 6_000), MINUTE, SLOWEST);
        Duration last = Duration.ZERO;
        for (int i = 0; i < 12_000; i++) {
            last = turns.next(item("http://host" + i + ".example/"));
        }
        assertThat(last).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
    }

    @Test
    void a_host_of_which_nothing_came_is_as_slow_as_its_limits_allow() {
        // 6 at once for 20 s each: 0.3 a second.
        assertThat(turns(EstimatedTurns.after(List.of(), MINUTE, SLOWEST), "dead.example", 300)
                        .getLast())
                .isBetween(Duration.ofSeconds(960), Duration.ofSeconds(1_000));
    }

    @Test
    void records_without_a_fetch_measure_nothing() {
        List<Worked> refused = IntStream.range(0, 10_000)
                .<Worked>mapToObj(i -> new Worked.Ended(
                        item("http://dead.example/" + i),
                        new Ending.Recorded(RecordStatus.REFUSED, Duration.ZERO, 0, 0, 0, false)))
                .toList();
        assertThat(turns(EstimatedTurns.after(refused, MINUTE, SLOWEST), "dead.example", 300)
                        .getLast())
                .isGreaterThan(Duration.ofSeconds(900));
    }

    @Test
    void what_was_told_to_wait_was_got_through_too() {
        Worked told =
                new Worked.Open(item("http://busy.example/"), Tries.NONE, null, new Attempts.Last(null, null), "");
        List<Worked> worked = new ArrayList<>(Collections.nCopies(600, told));
        assertThat(turns(EstimatedTurns.after(worked, MINUTE, SLOWEST), "busy.example", 300)
                        .getLast())
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
}
