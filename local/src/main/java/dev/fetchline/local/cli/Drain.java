package dev.fetchline.local.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Waits until the queue is empty: every message is then acknowledged or on the dead-letter queue.
///
/// @param view what is looked at
/// @param pause waits for so long
/// @param seen told the number of records at every look
record Drain(RunView view, Pause pause, LongConsumer seen) {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    /// Counting the records reads the whole table; it may take no more than this part of the time.
    private static final int PAUSE_PER_LOOK = 9;

    /// Waits between two looks.
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /// Returns when the queue is empty, or with the sentence that says why it will not be.
    Optional<String> await() throws InterruptedException {
        while (true) {
            long started = System.nanoTime();
            // Asked first: a message that is gone after this was recorded before it, so the count is complete.
            long messagesLeft = view.messagesLeft();
            seen.accept(view.recordCount());
            Optional<String> failure = view.functionFailure();
            if (messagesLeft == 0 || failure.isPresent()) {
                return messagesLeft == 0 ? Optional.empty() : failure;
            }
            Duration look = Duration.ofNanos(System.nanoTime() - started);
            Duration proportional = look.multipliedBy(PAUSE_PER_LOOK);
            pause.of(proportional.compareTo(BETWEEN_LOOKS) > 0 ? proportional : BETWEEN_LOOKS);
        }
    }
}
