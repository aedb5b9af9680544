package dev.fetchline.intake;

import org.jspecify.annotations.Nullable;

/// What an item has behind it. Times are epoch milliseconds.
///
/// @param hop how often it was deferred
/// @param triesMade fetches that ended, all of them
/// @param waitsGranted those of them that cost nothing, because the server named the time to come again
/// @param firstSeenAt when the function first had it; its age counts from here
/// @param notBefore nothing is fetched before this; 0 for at once
/// @param last what came of the last try; null where there was none
public record Progress(
        int hop,
        int triesMade,
        int waitsGranted,
        long firstSeenAt,
        long notBefore,
        @Nullable LastTry last) {
    /// What came of a try that was not the last word.
    ///
    /// @param httpStatus of the last response; null where there was none
    /// @param kind a failure's kind; null for a response
    /// @param detail one sentence on the failure; null for a response
    public record LastTry(
            @Nullable Integer httpStatus,
            @Nullable String kind,
            @Nullable String detail) {}

    /// Of an item that comes straight from its sender.
    public static Progress none(long firstSeenAt) {
        return new Progress(0, 0, 0, firstSeenAt, 0, null);
    }
}
