package dev.fetchline.local.simulation;

import dev.fetchline.http.AddressLookup;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Assembly;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.pipeline.Surroundings;
import dev.fetchline.queue.QueueMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One incarnation of an execution environment with a pipeline of its own. Everything that reaches it from outside (a
/// timer, an answer, a byte) comes through [#enter], so that it can be frozen and killed at any step.
final class Environment {
    /// What the handler keeps of the invocation's time for its response.
    private static final Duration RESPONSE_TIME = Duration.ofSeconds(1);

    private final World world;
    private final String name;
    private final SplittableRandom random;
    private final FetchPipeline pipeline;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private final Set<Exchange<?>> connections = new LinkedHashSet<>();
    private boolean alive = true;
    private long frozenUntil;
    private @Nullable String invocation;
    private long stepsToLive = Long.MAX_VALUE;

    Environment(World world, String name, SplittableRandom random) {
        this.world = world;
        this.name = name;
        this.random = random;
        Executor executor = task -> world.agenda().in(0, () -> enter(task));
        Time time = new EnvironmentTime(world, this, random.split());
        pipeline = Assembly.assemble(
                world.settings(),
                new Surroundings(
                        world.boundary().table(world.table().clientFor(this), time),
                        world.boundary().queue(world.queue().clientFor(this), time),
                        new SimulatedHttpClient(world, this),
                        new AddressLookup(executor, host -> world.names().resolve(host, name)),
                        time,
                        random::nextDouble,
                        world.heapBytes()));
        this.time = time;
    }

    private final Time time;

    String name() {
        return name;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isIdle() {
        return alive && invocation == null;
    }

    /// The invocation under way, or the one before, for what comes after its end.
    String invocation() {
        return invocation == null ? "none" : invocation;
    }

    /// Runs `task` now, or when the environment runs again; never once it is dead.
    void enter(Runnable task) {
        if (!alive) {
            return;
        }
        if (invocation == null || world.agenda().now() < frozenUntil) {
            held.add(task);
        } else {
            task.run();
        }
    }

    void opened(Exchange<?> connection) {
        connections.add(connection);
    }

    void closed(Exchange<?> connection) {
        connections.remove(connection);
    }

    /// A step outwards. It may be the last, before or after it took effect.
    ///
    /// @return whether the environment lives to do it
    boolean stepsOut() {
        if (!alive) {
            return false;
        }
        if (--stepsToLive == 0) {
            world.faults().count(Fault.ENVIRONMENT_KILLED);
            if (random.nextBoolean()) {
                kill("before a step");
            } else {
                world.agenda().in(0, () -> kill("after a step"));
            }
        }
        return alive;
    }

    /// Works on a batch; `done` hears of the ids reported back, unless the environment dies.
    void invoke(String id, List<QueueMessage> messages, Duration timeout, BiConsumer<Environment, Set<String>> done) {
        invocation = id;
        if (world.faults().strikes(Fault.CLOCK_JUMPED)) {
            ((EnvironmentTime) time).jump();
        }
        long start = world.agenda().now();
        Duration left = timeout.minus(RESPONSE_TIME);
        world.history()
                .add(new Event.Invoked(
                        start,
                        id,
                        name,
                        messages.stream()
                                .map(QueueMessage::messageId)
                                .distinct()
                                .toList(),
                        start + left.toNanos()));
        drawDeath();
        drawFreeze(timeout);
        world.agenda().in(timeout, () -> {
            if (id.equals(invocation)) {
                kill("timed out");
            }
        });
        runHeld();
        enter(() -> {
            var _ = world.boundary()
                    .process(pipeline, messages, Deadline.in(left, time))
                    .whenComplete((reportedBack, failure) -> {
                        if (!alive || !id.equals(invocation)) {
                            return;
                        }
                        if (failure != null) {
                            world.crashed(id, failure);
                        }
                        Set<String> back = failure == null ? reportedBack : idsOf(messages);
                        world.history().add(new Event.Answered(world.agenda().now(), id, List.copyOf(back)));
                        invocation = null;
                        stepsToLive = Long.MAX_VALUE;
                        done.accept(this, back);
                    });
        });
    }

    private static Set<String> idsOf(List<QueueMessage> messages) {
        Set<String> ids = new LinkedHashSet<>();
        messages.forEach(message -> ids.add(message.messageId()));
        return ids;
    }

    private void drawDeath() {
        Double chance = world.weather().chances().get(Fault.ENVIRONMENT_KILLED);
        if (chance != null && !world.faults().areOver() && random.nextDouble() < chance) {
            // Early and late steps alike: most invocations have some dozens.
            stepsToLive = 1 + (long) Math.exp(random.nextDouble() * Math.log(400));
        }
    }

    private void drawFreeze(Duration timeout) {
        if (world.faults().strikes(Fault.ENVIRONMENT_FROZEN)) {
            long at = random.nextLong(timeout.toNanos());
            long length = random.nextLong(
                    Duration.ofMillis(10).toNanos(), Duration.ofSeconds(40).toNanos());
            String its = invocation();
            world.agenda().in(at, () -> {
                if (alive && its.equals(invocation)) {
                    freeze(length);
                }
            });
        }
    }

    private void freeze(long nanos) {
        long now = world.agenda().now();
        frozenUntil = now + nanos;
        world.history().add(new Event.Frozen(now, name, invocation(), frozenUntil));
        world.agenda().at(frozenUntil, this::runHeld);
    }

    private void runHeld() {
        while (alive && invocation != null && world.agenda().now() >= frozenUntil && !held.isEmpty()) {
            held.remove().run();
        }
    }

    void kill(String why) {
        if (!alive) {
            return;
        }
        alive = false;
        held.clear();
        world.history().add(new Event.Killed(world.agenda().now(), name, invocation(), why));
        List.copyOf(connections).forEach(Exchange::abandon);
        world.mapping().ended(this);
    }
}
