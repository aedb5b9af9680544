package dev.fetchline.testing;

import dev.fetchline.pace.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/// Time that stands still until it is told to move.
public final class ManualTime implements Time {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long nanos;
    private long count;

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        Due its = new Due(nanos + Math.max(0, delay.toNanos()), count++, task);
        due.add(its);
        return () -> {
            synchronized (this) {
                due.remove(its);
            }
        };
    }

    /// Moves on, and runs what is due on the way, in its order.
    public void advance(Duration by) {
        long target = nanoTime() + by.toNanos();
        for (Due next = nextUpTo(target); next != null; next = nextUpTo(target)) {
            next.task.run();
        }
        synchronized (this) {
            nanos = target;
        }
    }

    private synchronized Due nextUpTo(long target) {
        Due next = due.peek();
        if (next == null || next.at > target) {
            return null;
        }
        due.remove();
        nanos = Math.max(nanos, next.at);
        return next;
    }

    private record Due(long at, long order, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}
