package dev.fetchline.local.chaos;

import dev.fetchline.local.stack.Disturbance;
import dev.fetchline.local.stack.FunctionEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

/// Lets things go wrong at random on every side of the function: its processes are killed at any point of their way, or
/// stopped between two invocations; answers get lost; batches are handed out twice; calls are reset, delayed or refused.
///
/// What is drawn comes from the seed; when it is drawn is the machine's affair, so two runs differ.
public final class Chaos implements Disturbance, AutoCloseable {
    private static final double LOST_ANSWER = 0.02;
    private static final double HANDED_OUT_TWICE = 0.03;
    private static final double FROZEN = 0.3;

    /// Of the points that an overdue kill comes by, this part is taken: so it is not always the most frequent one.
    private static final double TAKEN_POINT = 0.2;

    private static final int INIT_MS_MAX = 1_500;

    private final SplittableRandom random;
    private final Duration killsEvery;
    private final Map<Integer, FunctionEnvironment> environments = new ConcurrentHashMap<>();
    private final Queue<FaultProxy> proxies = new ConcurrentLinkedQueue<>();
    private final Tally kills = new Tally();
    private final Tally others = new Tally();
    private final AtomicBoolean calm = new AtomicBoolean();
    private long nextKillNanos;

    /// @param killsEvery the mean time between two kills
    public Chaos(long seed, Duration killsEvery) {
        this.random = new SplittableRandom(seed);
        this.killsEvery = killsEvery;
        this.nextKillNanos = System.nanoTime() + killsEvery.toNanos();
    }

    /// Kills so far, by the point at which they came.
    public Map<String, Long> kills() {
        return kills.counts();
    }

    /// Everything else that was done on purpose so far, by its name.
    public Map<String, Long> otherFaults() {
        return others.counts();
    }

    /// From now on nothing goes wrong on purpose.
    public void calmDown() {
        calm.set(true);
    }

    @Override
    public URI sqsEndpoint(URI own) {
        return proxy(own, "queue");
    }

    @Override
    public URI dynamoDbEndpoint(URI own) {
        return proxy(own, "table");
    }

    private URI proxy(URI own, String server) {
        FaultProxy proxy = FaultProxy.start(own, new CallFaults(this, server));
        proxies.add(proxy);
        return proxy.endpoint();
    }

    @Override
    public void starting(FunctionEnvironment environment) {
        environments.put(environment.number(), environment);
        if (killIsDue()) {
            Duration into = Duration.ofMillis(drawBelow(INIT_MS_MAX));
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(into.toNanos());
                kill(environment, "while it starts");
            });
        }
    }

    @Override
    public void invoking(FunctionEnvironment environment) {
        if (killIsDue()) {
            Duration into = Duration.ofMillis(drawBelow(INIT_MS_MAX));
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(into.toNanos());
                kill(environment, "at any moment");
            });
        }
    }

    @Override
    public boolean losesAnswer(FunctionEnvironment environment) {
        if (killIsDue()) {
            kill(environment, "before its answer");
            return true;
        }
        return happens(LOST_ANSWER, "answers of the function lost");
    }

    @Override
    public boolean freezes(FunctionEnvironment environment) {
        return happens(FROZEN, "freezes");
    }

    @Override
    public boolean handsOutTwice(int messages) {
        return happens(HANDED_OUT_TWICE, "batches handed out twice");
    }

    /// Kills the environment that sent a call, if a kill is due.
    ///
    /// @param point of the call's way, for the report
    boolean killsAt(Operation operation, String point) {
        FunctionEnvironment environment = environments.get(operation.environment());
        if (environment == null || !killIsDue()) {
            return false;
        }
        kill(environment, point + " " + operation.name());
        return true;
    }

    private void kill(FunctionEnvironment environment, String point) {
        environment.killOnPurpose("chaos, " + point);
        kills.count(point);
    }

    private boolean killIsDue() {
        long now = System.nanoTime();
        synchronized (random) {
            if (calm.get() || now < nextKillNanos || random.nextDouble() >= TAKEN_POINT) {
                return false;
            }
            // Exponential: kills come in bursts too.
            nextKillNanos = now + (long) (-Math.log(1 - random.nextDouble()) * killsEvery.toNanos());
            return true;
        }
    }

    /// Draws whether something happens, and counts it if so.
    boolean happens(double probability, String name) {
        synchronized (random) {
            if (calm.get() || random.nextDouble() >= probability) {
                return false;
            }
        }
        others.count(name);
        return true;
    }

    int drawBelow(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    @Override
    public void close() {
        proxies.forEach(FaultProxy::close);
    }
}
