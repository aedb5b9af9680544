package dev.fetchline.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The machine's own time. One daemon thread fires all timers; what it fires is handed to virtual threads, so a slow
/// task delays no other.
public final class SystemTime implements Time {
    private static final Executor TASKS = Executors.newVirtualThreadPerTaskExecutor();

    private final ScheduledThreadPoolExecutor timers;

    public SystemTime() {
        timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("fetchline-timer").factory());
        // A fetch that ends early leaves no timer behind: with 20 s a fetch they would pile up by the thousand.
        timers.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Future<?> scheduled = timers.schedule(() -> TASKS.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }
}
