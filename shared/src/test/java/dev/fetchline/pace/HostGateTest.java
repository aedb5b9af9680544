package dev.fetchline.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class HostGateTest {
    private final ManualTime time = new ManualTime();
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), time);
    private final List<Piece> started = new ArrayList<>();

    private record Piece(String name, CompletableFuture<String> running) {
        void end() {
            running.complete(name);
        }
    }

    private CompletableFuture<Optional<String>> ask(HostGate gate, String host, String name, long bytes) {
        return gate.within(host, bytes, deadline, () -> {
            Piece piece = new Piece(name, new CompletableFuture<>());
            started.add(piece);
            return piece.running;
        });
    }

    private List<String> names() {
        return started.stream().map(Piece::name).toList();
    }

    @Test
    void starts_no_more_than_fits_overall_and_goes_on_in_order() {
        HostGate gate = new HostGate(2, 2, 100, 1_000);
        ask(gate, "a", "1", 1);
        ask(gate, "b", "2", 1);
        ask(gate, "c", "3", 1);
        ask(gate, "d", "4", 1);
        assertThat(names()).containsExactly("1", "2");
        started.get(1).end();
        assertThat(names()).containsExactly("1", "2", "3");
        started.get(0).end();
        assertThat(names()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void what_hangs_on_a_result_still_holds_its_bytes() {
        HostGate gate = new HostGate(10, 10, 100, 1_000);
        List<String> startedMeanwhile = new ArrayList<>();
        var _ = ask(gate, "a", "1", 100).thenAccept(_ -> startedMeanwhile.addAll(names()));
        ask(gate, "b", "2", 100);
        started.get(0).end();
        assertThat(startedMeanwhile).containsExactly("1");
        assertThat(names()).containsExactly("1", "2");
    }

    @Test
    void one_busy_host_holds_up_no_other() {
        HostGate gate = new HostGate(10, 2, 100, 1_000);
        for (int i = 0; i < 5; i++) {
            ask(gate, "slow", "slow" + i, 1);
        }
        ask(gate, "fast", "fast", 1);
        assertThat(names()).containsExactly("slow0", "slow1", "fast");
        started.get(0).end();
        assertThat(names()).containsExactly("slow0", "slow1", "fast", "slow2");
    }

    @Test
    void hosts_take_turns() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        ask(gate, "a", "a1", 1);
        ask(gate, "a", "a2", 1);
        ask(gate, "a", "a3", 1);
        ask(gate, "b", "b1", 1);
        ask(gate, "b", "b2", 1);
        for (int i = 0; i < 4; i++) {
            started.get(i).end();
        }
        assertThat(names()).containsExactly("a1", "b1", "a2", "b2", "a3");
    }

    @Test
    void bytes_in_flight_are_bounded_and_a_large_claim_runs_alone() {
        HostGate gate = new HostGate(10, 10, 100, 1_000);
        ask(gate, "a", "60", 60);
        ask(gate, "b", "50", 50);
        ask(gate, "c", "500", 500);
        ask(gate, "d", "1", 1);
        assertThat(names()).containsExactly("60");
        started.get(0).end();
        assertThat(names()).containsExactly("60", "50");
        started.get(1).end();
        assertThat(names()).containsExactly("60", "50", "500");
        started.get(2).end();
        assertThat(names()).containsExactly("60", "50", "500", "1");
    }

    @Test
    void a_place_is_given_back_when_the_work_fails_or_throws() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        CompletableFuture<Optional<String>> failing = ask(gate, "a", "1", 1);
        started.get(0).running.completeExceptionally(new IllegalStateException("x"));
        assertThat(failing).isCompletedExceptionally();
        CompletableFuture<Optional<Object>> throwing = gate.within("a", 1, deadline, () -> {
            throw new IllegalStateException("y");
        });
        assertThat(throwing).isCompletedExceptionally();
        ask(gate, "a", "2", 1);
        assertThat(names()).containsExactly("1", "2");
    }

    @Test
    void a_long_queue_of_work_that_ends_at_once_does_not_grow_the_stack() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        ask(gate, "a", "first", 1);
        List<CompletableFuture<Optional<Integer>>> results = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int number = i;
            results.add(gate.within("a", 1, deadline, () -> CompletableFuture.completedFuture(number)));
        }
        started.get(0).end();
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertThat(results.getLast().join()).contains(99_999);
    }

    @Test
    void what_waits_past_the_deadline_is_turned_away_and_never_started() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        ask(gate, "a", "running", 1);
        CompletableFuture<Optional<String>> waiting = ask(gate, "a", "waiting", 1);
        CompletableFuture<Optional<String>> elsewhere = ask(gate, "b", "elsewhere", 1);
        gate.turnAwayExpired();
        assertThat(waiting).isNotDone();
        time.advance(Duration.ofMinutes(2));
        gate.turnAwayExpired();
        assertThat(waiting).isCompletedWithValue(Optional.empty());
        assertThat(elsewhere).isCompletedWithValue(Optional.empty());
        started.get(0).end();
        assertThat(names()).containsExactly("running");
    }

    @Test
    void work_that_comes_after_its_deadline_is_turned_away_at_once() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        time.advance(Duration.ofMinutes(2));
        assertThat(ask(gate, "a", "late", 1)).isCompletedWithValue(Optional.empty());
        assertThat(names()).isEmpty();
    }

    @Test
    void limits_hold_under_many_threads() throws Exception {
        HostGate gate = new HostGate(8, 3, 1_000_000, 1_000);
        var now = new java.util.concurrent.atomic.AtomicInteger();
        var most = new java.util.concurrent.atomic.AtomicInteger();
        var done = new ArrayList<CompletableFuture<Optional<Integer>>>();
        try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5_000; i++) {
                int number = i;
                done.add(gate.within(
                        "host" + i % 7,
                        1,
                        deadline,
                        () -> CompletableFuture.supplyAsync(
                                () -> {
                                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    now.decrementAndGet();
                                    return number;
                                },
                                executor)));
            }
            CompletableFuture.allOf(done.toArray(CompletableFuture<?>[]::new)).get();
        }
        assertThat(most.get()).isBetween(1, 8);
        assertThat(done.stream().map(CompletableFuture::join)).hasSize(5_000).allMatch(Optional::isPresent);
    }

    @Test
    void what_comes_after_its_deadline_does_not_wait_for_the_work_of_others() {
        HostGate gate = new HostGate(1, 1, 100, 1_000);
        Deadline early = Deadline.in(Duration.ofSeconds(1), time);
        ask(gate, "a", "other's", 1);
        time.advance(Duration.ofSeconds(2));
        gate.turnAwayExpired();
        var late = gate.within("a", 1, early, CompletableFuture::new);
        assertThat(late).isCompletedWithValue(Optional.empty());
    }

    @Test
    void nothing_starts_while_too_much_waits_to_be_written() {
        HostGate gate = new HostGate(10, 10, 100, 2);
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> two = new CompletableFuture<>();
        var _ = gate.whileUnwritten(one);
        ask(gate, "a", "1", 1);
        var _ = gate.whileUnwritten(two);
        ask(gate, "a", "2", 1);
        ask(gate, "b", "3", 1);
        assertThat(names()).containsExactly("1");
        two.completeExceptionally(new IllegalStateException("given up"));
        assertThat(names()).containsExactly("1", "2", "3");
        one.complete("written");
        ask(gate, "a", "4", 1);
        assertThat(names()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_table_that_refuses_holds_back_all_but_a_handful_until_it_takes_some_again() {
        HostGate gate = new HostGate(1_000, 1_000, 100_000, 1_000);
        for (int i = 0; i < 100; i++) {
            gate.refused();
        }
        CompletableFuture<String> unwritten = new CompletableFuture<>();
        for (int i = 0; i < HostGate.UNWRITTEN_MIN; i++) {
            var _ = gate.whileUnwritten(unwritten);
        }
        assertThat(gate.isHeldBack()).isTrue();
        ask(gate, "a", "held back", 1);
        assertThat(names()).isEmpty();
        gate.written(1);
        assertThat(gate.isHeldBack()).isFalse();
        assertThat(names()).containsExactly("held back");
    }

    @Test
    void a_table_that_takes_all_is_trusted_up_to_the_limit_again() {
        HostGate gate = new HostGate(1_000, 1_000, 100_000, 100);
        for (int i = 0; i < 100; i++) {
            gate.refused();
        }
        gate.written(10_000);
        CompletableFuture<String> unwritten = new CompletableFuture<>();
        for (int i = 0; i < 99; i++) {
            var _ = gate.whileUnwritten(unwritten);
        }
        assertThat(gate.isHeldBack()).isFalse();
        var _ = gate.whileUnwritten(unwritten);
        assertThat(gate.isHeldBack()).isTrue();
        unwritten.complete("written");
        assertThat(gate.isHeldBack()).isFalse();
    }
}
