package dev.fetchline.pipeline;

import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import java.time.Duration;
import java.util.Set;

/// What became of one key in this invocation.
///
/// @param messageIds of all messages that wait for it
public record Settled(RecordKey key, Set<String> messageIds, Ending ending) {
    /// How it ended.
    public sealed interface Ending {
        /// Its final record is durable.
        ///
        /// @param took the last attempt; zero where nothing was fetched
        /// @param tries requests made, redirects not counted; zero where nothing was fetched
        /// @param bodyBytes decoded
        record Recorded(RecordStatus status, Duration took, int tries, long bodyBytes) implements Ending {}

        /// A delivery before this one recorded it.
        record RecordedBefore() implements Ending {}

        /// Neither recorded nor on its way: its messages are reported back.
        ///
        /// @param reason for the log
        record Unfinished(String reason) implements Ending {}
    }

    boolean isUnfinished() {
        return ending instanceof Ending.Unfinished;
    }
}
