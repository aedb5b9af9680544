package dev.fetchline.pace;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Waits between tries: drawn from zero to a ceiling that doubles with each try ("full jitter"), so that many who
/// failed
/// together do not come back together.
///
/// @param first the ceiling after the first try
/// @param max the highest ceiling
/// @param random draws from 0 (inclusive) to 1 (exclusive)
public record Backoff(Duration first, Duration max, DoubleSupplier random) {
    /// Between two tries of a call that a service could not serve: short, for what waits for it has a deadline.
    public static Backoff betweenCalls(DoubleSupplier random) {
        return new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), random);
    }

    /// A wait drawn for the next try.
    ///
    /// @param tries that were made, 1 or more
    public Duration delay(int tries) {
        double ceiling = Math.min(Math.scalb((double) first.toNanos(), Math.max(tries - 1, 0)), (double) max.toNanos());
        return Duration.ofNanos((long) (random.getAsDouble() * ceiling));
    }
}
