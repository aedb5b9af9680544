package dev.fetchline.local.simulation;

import java.time.Duration;
import java.util.PriorityQueue;

/// Virtual time: what is due, in order. Single-threaded; what is due at one moment runs in the order in which it was
/// put down.
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long now;
    private long count;

    private record Entry(long at, long order, Runnable task) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /// Nanoseconds since the world began.
    long now() {
        return now;
    }

    void in(Duration delay, Runnable task) {
        in(delay.toNanos(), task);
    }

    void in(long nanos, Runnable task) {
        at(now + Math.max(nanos, 0), task);
    }

    void at(long nanos, Runnable task) {
        entries.add(new Entry(Math.max(nanos, now), count++, task));
    }

    /// Runs what is due until nothing is left or the time is over.
    ///
    /// @return whether nothing was left
    boolean runUntil(long endNanos) {
        for (Entry next = entries.peek(); next != null; next = entries.peek()) {
            if (next.at > endNanos) {
                return false;
            }
            entries.remove();
            now = next.at;
            next.task.run();
        }
        return true;
    }
}
