package dev.fetchline.pipeline;

import dev.fetchline.intake.Progress;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Time;
import java.time.Duration;
import java.time.Instant;

/// How long an item may be on its way, and when one comes again that the table had no room for.
///
/// @param max from its first receive to its final record
/// @param whenRefused waits of items that the table had no room for
record Ages(Duration max, Backoff whenRefused, Time time) {
    /// A table that throttles is not asked again at once.
    static final Duration REFUSED_WAIT_MIN = Duration.ofSeconds(30);

    static final Duration REFUSED_WAIT_FIRST = Duration.ofSeconds(60);
    static final Duration REFUSED_WAIT_MAX = Duration.ofMinutes(14);

    Instant lastMomentOf(Progress progress) {
        return Instant.ofEpochMilli(progress.firstSeenAt()).plus(max);
    }

    Instant whenTableMayServe(WorkItem item) {
        return time.now()
                .plus(REFUSED_WAIT_MIN)
                .plus(whenRefused.delay(item.progress().hop() + 1));
    }
}
