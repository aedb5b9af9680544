package dev.fetchline.local.submit;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before a call is tried again: up to twice as long each time, by chance, so that several do not come
/// back at once ("full jitter", <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>).
final class Backoff {
    private static final Duration FIRST_MAX = Duration.ofMillis(200);
    private static final Duration MAX = Duration.ofSeconds(20);
    private static final int DOUBLINGS_MAX = 10;

    private Backoff() {}

    /// @param failures in a row, from 1
    static Duration after(int failures) {
        return max(failures)
                .multipliedBy(ThreadLocalRandom.current().nextInt(1, 1_001))
                .dividedBy(1_000);
    }

    /// The longest that it may be.
    static Duration max(int failures) {
        Duration max = FIRST_MAX.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        return max.compareTo(MAX) < 0 ? max : MAX;
    }
}
