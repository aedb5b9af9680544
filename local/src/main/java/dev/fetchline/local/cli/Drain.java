package dev.fetchline.local.cli;

import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Waits until the queue is empty: every message is then acknowledged or on the dead-letter queue.
///
/// @param view what is looked at
/// @param pause waits for so long
/// @param seen told what every look found
record Drain(RunView view, Pause pause, Consumer<RunLook> seen) {
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
        RetryingWatch watch = new RetryingWatch(view, System::nanoTime);
        while (true) {
            long started = System.nanoTime();
            // Asked first: a message that is gone after this was recorded before it, so the count is complete.
            QueueCounts queue = view.queue();
            long records = view.recordCount();
            Duration proportional =
                    Duration.ofNanos(System.nanoTime() - started).multipliedBy(PAUSE_PER_LOOK);
            seen.accept(watch.look(queue, records));
            Optional<String> failure = view.functionFailure();
            if (queue.all() == 0 || failure.isPresent()) {
                return queue.all() == 0 ? Optional.empty() : failure;
            }
            pause.of(proportional.compareTo(BETWEEN_LOOKS) > 0 ? proportional : BETWEEN_LOOKS);
        }
    }
}
