package dev.fetchline.local.stack;

import java.time.Instant;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The function's environments. One starts when an event comes and none has a place for it; how many work at once is
/// the caller's
/// to limit.
final class FunctionEnvironments implements AutoCloseable {
    /// An init that failed twice in a row fails the third time too: a bad setting, a missing class.
    private static final int INIT_FAILURES_MAX = 2;

    private static final long MEMORY_CHECK_MS = 200;

    private final FunctionLaunch launch;
    private final FunctionLog log;
    /// Free places, an environment once for each. The one used last comes first, so that the others can be forgotten.
    private final Deque<FunctionEnvironment> idle = new ConcurrentLinkedDeque<>();

    private final Set<FunctionEnvironment> all = ConcurrentHashMap.newKeySet();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger initFailures = new AtomicInteger();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();
    private final ScheduledExecutorService memoryWatch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("fetchline-memory-watch").factory());
    private volatile boolean closed;

    FunctionEnvironments(FunctionLaunch launch, FunctionLog log) {
        this.launch = launch;
        this.log = log;
        var _ = memoryWatch.scheduleWithFixedDelay(
                () -> all.forEach(FunctionEnvironment::checkMemory),
                MEMORY_CHECK_MS,
                MEMORY_CHECK_MS,
                TimeUnit.MILLISECONDS);
    }

    /// Why the function cannot be started, once that is sure.
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    /// How many environments have been started so far.
    int started() {
        return started.get();
    }

    Invocation invoke(String eventJson) {
        FunctionEnvironment environment = idleOne().or(this::startOne).orElse(null);
        if (environment == null) {
            return FunctionEnvironment.failure("Runtime.InitError", failure().orElse("The local run was ended"));
        }
        Invocation invocation = environment.invoke(eventJson);
        if (environment.alive() && !closed) {
            idle.addFirst(environment);
        } else {
            retire(environment);
        }
        return invocation;
    }

    private Optional<FunctionEnvironment> idleOne() {
        for (FunctionEnvironment next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.alive()) {
                return Optional.of(next);
            }
            retire(next);
        }
        return Optional.empty();
    }

    /// Lambda tries a failed init again within the same invocation; so the limit is reached by the first event.
    private Optional<FunctionEnvironment> startOne() {
        while (!closed && failure.get() == null) {
            int number = started.incrementAndGet();
            FunctionEnvironment environment = FunctionEnvironment.start(number, launch, log);
            all.add(environment);
            Optional<String> reason = environment.awaitReady();
            if (reason.isEmpty() && !closed) {
                initFailures.set(0);
                for (int place = 1; place < launch.invocationsMax(); place++) {
                    idle.addFirst(environment);
                }
                return Optional.of(environment);
            }
            retire(environment);
            // One that was killed on purpose says nothing about the next.
            if (!closed && !environment.disturbed()) {
                initFailed(number, reason.orElse(""));
            }
        }
        return Optional.empty();
    }

    private void initFailed(int number, String reason) {
        log.remark(Instant.now() + " environment " + number + " did not start: " + reason);
        if (initFailures.incrementAndGet() >= INIT_FAILURES_MAX) {
            failure.compareAndSet(null, reason);
        }
    }

    private void retire(FunctionEnvironment environment) {
        environment.close();
        all.remove(environment);
    }

    /// Leaves no process behind.
    @Override
    public void close() {
        closed = true;
        memoryWatch.shutdownNow();
        for (int round = 0; round < 2; round++) {
            // A second look, for an environment that was being started during the first.
            all.forEach(FunctionEnvironment::close);
            all.forEach(environment -> environment.awaitExit(1));
        }
    }
}
