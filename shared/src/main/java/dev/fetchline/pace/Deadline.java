package dev.fetchline.pace;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A moment after which nothing more may start, counted on the monotonic clock so that a jump of the wall clock moves
/// nothing.
public final class Deadline {
    private final long atNanos;
    private final Time time;

    private Deadline(long atNanos, Time time) {
        this.atNanos = atNanos;
        this.time = time;
    }

    /// The deadline `remaining` from now; in the past where that is negative.
    public static Deadline in(Duration remaining, Time time) {
        return new Deadline(time.nanoTime() + remaining.toNanos(), time);
    }

    /// An earlier deadline: `margin` before this one.
    public Deadline before(Duration margin) {
        return new Deadline(atNanos - margin.toNanos(), time);
    }

    /// What is left; zero or less once it has passed.
    public Duration remaining() {
        return Duration.ofNanos(atNanos - time.nanoTime());
    }

    public boolean passed() {
        return atNanos - time.nanoTime() <= 0;
    }

    /// Whether `wait` ends before this deadline.
    public boolean allows(Duration wait) {
        return remaining().compareTo(wait) > 0;
    }

    /// Cancels `call` when this deadline passes, so that what never answers holds nothing up.
    ///
    /// @return completes as `call` does, or with the cancellation
    public <T> CompletableFuture<T> cut(CompletableFuture<T> call) {
        Time.Timer timer = time.after(remaining(), () -> call.cancel(true));
        return call.whenComplete((_, _) -> timer.cancel());
    }

    /// The shorter of `limit` and what is left; never negative.
    public Duration cap(Duration limit) {
        Duration left = remaining();
        Duration shorter = left.compareTo(limit) < 0 ? left : limit;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }
}
