package dev.fetchline.local.cli;

import dev.fetchline.local.stack.QueueCounts;

/// What one look at a run found.
///
/// @param queue messages that are left
/// @param records in the table, final or not
/// @param retrying those of them that are not final
/// @param isRetryingCurrent whether that is of this look; it may be of an earlier one
record RunLook(QueueCounts queue, long records, RetryingRecords retrying, boolean isRetryingCurrent) {
    long finalRecords() {
        // The two are counted one after the other: a record may have come in between.
        return Math.max(0, records - retrying.count());
    }

    /// Whether nothing can happen before a delay of the queue is over.
    boolean onlyWaits() {
        return queue.delayed() > 0 && queue.delayed() == queue.all();
    }
}
