package dev.fetchline.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// The clock and the timer, as one value that is handed down, so that tests can drive time themselves.
public interface Time {
    /// The wall clock: for what is written down, never for measuring.
    Instant now();

    /// A monotonic clock in nanoseconds, as [System#nanoTime]: for measuring, never for what is written down.
    long nanoTime();

    /// Runs `task` once, `delay` from now, on a thread that must not be kept; a delay of zero or less runs it soon.
    Timer after(Duration delay, Runnable task);

    /// A future that completes `delay` from now.
    default CompletableFuture<Void> sleep(Duration delay) {
        CompletableFuture<Void> slept = new CompletableFuture<>();
        after(delay, () -> slept.complete(null));
        return slept;
    }

    /// Something that will run later, unless it is cancelled first.
    @FunctionalInterface
    interface Timer {
        /// Does nothing where the task ran already.
        void cancel();
    }
}
