package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The records of URLs that were tried and will be tried again.
///
/// @param count of them
/// @param first the one whose next try comes first; null when none says when
record RetryingRecords(long count, @Nullable FetchRecord first) {
    static final RetryingRecords NONE = new RetryingRecords(0, null);

    /// When the first of the next tries is due; null when unknown.
    @Nullable
    Instant firstAt() {
        return first == null ? null : first.nextAttemptAt();
    }

    /// Counts records one by one: there may be more of them than is good to hold.
    static final class Counter {
        private long count;
        private @Nullable FetchRecord first;
        private Instant firstAt = Instant.MAX;

        void add(FetchRecord retrying) {
            count++;
            Instant at = retrying.nextAttemptAt();
            if (at != null && at.isBefore(firstAt)) {
                firstAt = at;
                first = retrying;
            }
        }

        RetryingRecords counted() {
            return new RetryingRecords(count, first);
        }
    }
}
