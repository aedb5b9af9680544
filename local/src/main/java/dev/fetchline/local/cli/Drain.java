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
        RunLook look = new RunLook(new QueueCounts(0, 0, 0), 0, RetryingRecords.NONE);
        while (true) {
            long started = System.nanoTime();
            look = after(look);
            seen.accept(look);
            Optional<String> failure = view.functionFailure();
            boolean isEmpty = look.queue().all() == 0;
            if (isEmpty || failure.isPresent()) {
                return isEmpty ? Optional.empty() : failure;
            }
            Duration proportional =
                    Duration.ofNanos(System.nanoTime() - started).multipliedBy(PAUSE_PER_LOOK);
            pause.of(proportional.compareTo(BETWEEN_LOOKS) > 0 ? proportional : BETWEEN_LOOKS);
        }
    }

    private RunLook after(RunLook before) {
        // Asked first: a message that is gone after this was recorded before it, so the count is complete.
        QueueCounts queue = view.queue();
        long records = view.recordCount();
        // Not every look reads the table: a record that waits has a deferral, which is delayed, and then is worked on
        // until the record is final.
        boolean mayBeRetrying = queue.delayed() > 0 || before.retrying().count() > 0;
        return new RunLook(queue, records, mayBeRetrying ? view.retrying() : RetryingRecords.NONE);
    }
}
