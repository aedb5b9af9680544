package dev.fetchline.retry;

import java.time.Duration;

/// What to do after an attempt.
public sealed interface Decision {
    /// The outcome stands.
    record Done() implements Decision {}

    /// Try again after a wait; no permit is held meanwhile.
    ///
    /// @param tries so far, as the next decision is to see them
    record RetryIn(Duration delay, Tries tries) implements Decision {}

    /// Not finished: the next try does not fit into this invocation.
    record Unfinished(String reason) implements Decision {}
}
