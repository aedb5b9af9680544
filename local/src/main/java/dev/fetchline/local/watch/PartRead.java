package dev.fetchline.local.watch;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.progress.KeySum;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the results table has of one part of a batch: each key counted once, for it is there once.
///
/// @param byStatus final records by status
/// @param finals the keys of the final records
/// @param retrying records that are not final
/// @param nextAttemptAt when the first of these is tried again
public record PartRead(Map<String, Long> byStatus, KeySum finals, long retrying, Optional<Instant> nextAttemptAt) {
    public PartRead {
        byStatus = new TreeMap<>(byStatus);
    }

    /// A count that is under way.
    public static final class Counting {
        private final Map<String, Long> byStatus = new TreeMap<>();
        private KeySum finals = KeySum.NONE;
        private long retrying;
        private @Nullable Instant nextAttemptAt;

        /// Counts one record.
        public void add(FetchRecord fetched) {
            if (fetched.isFinal()) {
                byStatus.merge(fetched.status(), 1L, Long::sum);
                finals = finals.plus(fetched.url());
                return;
            }
            retrying++;
            Instant next = fetched.nextAttemptAt();
            if (next != null && (nextAttemptAt == null || next.isBefore(nextAttemptAt))) {
                nextAttemptAt = next;
            }
        }

        /// What was counted.
        public PartRead read() {
            return new PartRead(byStatus, finals, retrying, Optional.ofNullable(nextAttemptAt));
        }
    }
}
