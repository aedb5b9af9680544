package dev.fetchline.local.simulation;

import dev.fetchline.pipeline.FetchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Everything that one seed makes, on one thread.
final class World {
    /// Midnight of some day; what the clock of the queue says at the world's begin.
    static final long EPOCH_MILLIS = 1_767_225_600_000L;

    private static final Duration LIFE_MAX = Duration.ofDays(8);

    private final Plan plan;
    private final Weather weather;
    private final Boundary boundary;
    private final FetchSettings settings;
    private final Agenda agenda = new Agenda();
    private final History history = new History();
    private final Faults faults;
    private final SimulatedNames names;
    private final SimulatedWeb web;
    private final SimulatedTable table;
    private final SimulatedQueue queue;
    private final Mapping mapping;
    private final List<String> crashes = new ArrayList<>();
    private int requests;

    World(Plan plan, Weather weather, Randomness randomness, Boundary boundary) {
        this.plan = plan;
        this.weather = weather;
        this.boundary = boundary;
        settings = FetchSettings.fromEnvironment(plan.settings());
        faults = new Faults(weather, agenda, randomness.of("faults"));
        names = new SimulatedNames(this, plan.hosts());
        web = new SimulatedWeb(this, randomness.of("web"), plan.pages());
        table = new SimulatedTable(this, settings.resultsTable());
        queue = new SimulatedQueue(
                this, randomness.of("queue"), plan.scale().visibility().toNanos());
        mapping = new Mapping(this, randomness.of("mapping"), plan.scale());
    }

    /// Lets it live until nothing is left to do.
    ///
    /// @return what happened
    History run() {
        for (Plan.Submission submission : plan.submissions()) {
            agenda.at(submission.atNanos(), () -> {
                String id = queue.add(submission.body(), 0);
                history.add(new Event.Submitted(agenda.now(), id, submission.body(), wallMillis()));
            });
        }
        agenda.runUntil(LIFE_MAX.toNanos());
        return history;
    }

    Agenda agenda() {
        return agenda;
    }

    History history() {
        return history;
    }

    Faults faults() {
        return faults;
    }

    Weather weather() {
        return weather;
    }

    Boundary boundary() {
        return boundary;
    }

    FetchSettings settings() {
        return settings;
    }

    SimulatedNames names() {
        return names;
    }

    SimulatedWeb web() {
        return web;
    }

    SimulatedTable table() {
        return table;
    }

    SimulatedQueue queue() {
        return queue;
    }

    Mapping mapping() {
        return mapping;
    }

    long heapBytes() {
        return plan.heapBytes();
    }

    /// The true wall clock, which the queue goes by; epoch milliseconds.
    long wallMillis() {
        return EPOCH_MILLIS + agenda.now() / 1_000_000;
    }

    int nextRequest() {
        return ++requests;
    }

    /// The pipeline failed, which it promises not to.
    void crashed(String invocation, Throwable failure) {
        crashes.add(invocation + ": " + failure);
    }

    /// Invocations of which the pipeline failed, with the failure.
    List<String> crashes() {
        return crashes;
    }
}
