package dev.fetchline.local.chaos;

import dev.fetchline.local.stack.Disturbance;
import dev.fetchline.local.stack.FunctionEnvironment;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Lets things go wrong at random on every side of the function: its processes are killed at any point of their way, or
/// stopped between two invocations; answers get lost; batches are handed out twice; calls are reset, delayed or
/// refused.
///
/// What is drawn comes from the seed; when it is drawn is the machine's affair, so two runs differ.
public final class Chaos implements Disturbance, AutoCloseable {
    private static final double LOST_ANSWER = 0.02;
    private static final double HANDED_OUT_TWICE = 0.03;
    private static final double FROZEN = 0.3;

    private static final int INIT_MS_MAX = 1_500;
    private static final int MOMENT_MS_MAX = 4_000;

    /// Of the calls that a kill waits for, it comes with one of the first.
    private static final int CALLS_MAX = 6;

    private final SplittableRandom random;
    private final double killShare;
    private final Map<Integer, FunctionEnvironment> environments = new ConcurrentHashMap<>();
    private final Queue<FaultProxy> proxies = new ConcurrentLinkedQueue<>();
    private final Tally kills = new Tally();
    private final Tally others = new Tally();
    private final Map<Integer, Doom> dooms = new ConcurrentHashMap<>();

    /// @param invocationsPerKill one invocation of so many is killed, on average
    public Chaos(long seed, double invocationsPerKill) {
        this.random = new SplittableRandom(seed);
        this.killShare = 1 / invocationsPerKill;
    }

    /// Kills so far, by the point at which they came.
    public Map<String, Long> kills() {
        return kills.counts();
    }

    /// Everything else that was done on purpose so far, by its name.
    public Map<String, Long> otherFaults() {
        return others.counts();
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
        // Half as often as an invocation, or a run of few invocations would be all starts.
        if (drawn() < killShare / 2) {
            killLater(environment, INIT_MS_MAX, "while it starts");
        }
    }

    @Override
    public void invoking(FunctionEnvironment environment) {
        if (drawn() >= killShare) {
            return;
        }
        Doom.Point[] points = Doom.Point.values();
        Doom.Point point = points[drawBelow(points.length)];
        if (point == Doom.Point.ANY_MOMENT) {
            killLater(environment, MOMENT_MS_MAX, "at any moment");
        } else {
            dooms.put(environment.number(), new Doom(point, drawBelow(CALLS_MAX)));
        }
    }

    private void killLater(FunctionEnvironment environment, int millisMax, String point) {
        Duration into = Duration.ofMillis(drawBelow(millisMax));
        Thread.ofVirtual().start(() -> {
            LockSupport.parkNanos(into.toNanos());
            kill(environment, point);
        });
    }

    @Override
    public boolean losesAnswer(FunctionEnvironment environment) {
        // Whoever got so far without meeting its point dies here.
        if (dooms.remove(environment.number()) != null) {
            kill(environment, "after its work, before its answer");
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

    /// Kills the environment that sent a call, if its time has come.
    ///
    /// @param answered whether the server has done what was asked
    boolean killsAt(Operation operation, boolean answered) {
        FunctionEnvironment environment = environments.get(operation.environment());
        Doom doom = dooms.get(operation.environment());
        if (environment == null || doom == null || !doom.strikes(operation, answered)) {
            return false;
        }
        dooms.remove(operation.environment());
        kill(environment, (answered ? "after " : "before ") + operation.name());
        return true;
    }

    private void kill(FunctionEnvironment environment, String point) {
        if (environment.killOnPurpose("chaos, " + point)) {
            kills.count(point);
        }
    }

    private double drawn() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    /// Draws whether something happens, and counts it if so.
    boolean happens(double probability, String name) {
        if (drawn() >= probability) {
            return false;
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
