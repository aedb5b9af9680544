package dev.fetchline.retry;

import java.time.Duration;

/// What to do after an attempt.
public sealed interface Decision {
    /// The outcome stands.
    record Done() implements Decision {}

    /// Try again after a wait inside this invocation; no place is held meanwhile.
    ///
    /// @param tries so far, as the next decision is to see them
    record RetryIn(Duration delay, Tries tries) implements Decision {}

    /// Try again in a later invocation, not before the wait is over.
    ///
    /// @param tries so far, as the next decision is to see them
    record Defer(Duration delay, Tries tries) implements Decision {}

    /// The invocation's time was over before anything came of the attempt, so it does not count: its turn comes in a
    /// later one.
    record CutOff() implements Decision {}
}
