package dev.fetchline.pipeline;

import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        /// @param triesNow those of this invocation
        /// @param bodyBytes decoded
        /// @param expiredUntried whether its age bound passed before it could be tried
        /// @param stoodBefore whether the table had one already that stands above it
        record Recorded(
                RecordStatus status,
                Duration took,
                int tries,
                int triesNow,
                long bodyBytes,
                boolean expiredUntried,
                boolean stoodBefore)
                implements Ending {
            /// One that this invocation made final.
            public Recorded(
                    RecordStatus status,
                    Duration took,
                    int tries,
                    int triesNow,
                    long bodyBytes,
                    boolean expiredUntried) {
                this(status, took, tries, triesNow, bodyBytes, expiredUntried, false);
            }

            Recorded asStoodBefore() {
                return new Recorded(status, took, tries, triesNow, bodyBytes, expiredUntried, true);
            }
        }

        /// A delivery before this one recorded or deferred it.
        record RecordedBefore() implements Ending {}

        /// On the queue again, as a deferral.
        ///
        /// @param reason for the log
        /// @param retrying whether its RETRYING record was written; null where nothing was tried yet
        record Deferred(String reason, @Nullable Boolean retrying) implements Ending {}

        /// Neither recorded nor on its way: its messages are reported back.
        ///
        /// @param reason for the log
        record Unfinished(String reason) implements Ending {}
    }

    boolean isUnfinished() {
        return ending instanceof Ending.Unfinished;
    }
}
