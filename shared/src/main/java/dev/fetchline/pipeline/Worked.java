package dev.fetchline.pipeline;

import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.retry.Tries;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An item after the work of this invocation on it.
sealed interface Worked {
    WorkItem item();

    /// It is settled.
    record Ended(WorkItem item, Ending ending) implements Worked {}

    /// It is not finished: a later invocation goes on with it.
    ///
    /// @param tries that count so far
    /// @param notBefore of the next try; null where only its turn did not come
    /// @param last the last try; null where there was none in this invocation, or none that counts
    /// @param reason for the log
    record Open(WorkItem item, Tries tries, @Nullable Instant notBefore, Attempts.@Nullable Last last, String reason)
            implements Worked {}

    default Settled settled(Ending ending) {
        return new Settled(item().key(), item().messageIds(), ending);
    }
}
