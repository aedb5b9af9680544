package dev.fetchline.local.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A world with weather of its own, and what happened in it.
final class Scenario {
    private static final long SEED = 1;

    private final Plan plan;
    private final History history;

    private Scenario(Plan plan, History history) {
        this.plan = plan;
        this.history = history;
    }

    static PlanBuilder plan() {
        return new PlanBuilder(new Randomness(SEED).of("plan"));
    }

    /// Runs it, and expects that every promise was kept.
    static Scenario run(PlanBuilder builder, Weather weather) {
        Plan plan = builder.build();
        History history = new World(plan, weather, new Randomness(SEED), Boundary.NONE).run();
        List<Violation> violations = new Checker(plan, weather).check(history);
        assertThat(violations)
                .as(() -> String.join(
                        "\n", new Story(history, plan).of(violations.getFirst().subject())))
                .isEmpty();
        return new Scenario(plan, history);
    }

    <E extends Event> Stream<E> events(Class<E> type) {
        return history.events().stream().filter(type::isInstance).map(type::cast);
    }

    /// Requests of URLs with such a server.
    long requests(Manner manner) {
        return events(Event.Requested.class)
                .filter(it -> manner == manner(it.url()))
                .count();
    }

    /// Final records of URLs with such a server, each write of them.
    Stream<Event.Wrote> finals(Manner manner) {
        return events(Event.Wrote.class)
                .filter(it -> it.after().isFinal() && manner == manner(it.key().url()));
    }

    /// Items in all deferrals together.
    long copies() {
        Ledger ledger = new Ledger(plan);
        return events(Event.Deferred.class)
                .mapToLong(it -> ledger.itemsOf(it.body()).size())
                .sum();
    }

    /// When the last message left the queue.
    Duration drainedAfter() {
        return Duration.ofNanos(
                events(Event.Deleted.class).mapToLong(Event::at).max().orElseThrow());
    }

    private @org.jspecify.annotations.Nullable Manner manner(String url) {
        Page page = plan.pages().get(url);
        return page == null ? null : page.manner();
    }
}
