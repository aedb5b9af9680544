package dev.fetchline.intake;

import org.jspecify.annotations.Nullable;

/// What an item has behind it. Times are epoch milliseconds. Values past what a deferral may carry are cut to it here,
/// so that whatever was put on the queue can be read when it comes back.
///
/// @param hop how often it was deferred, 0 to 1,000,000
/// @param triesMade fetches that ended, all of them, 0 to 1,000,000
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
    public Progress {
        hop = Math.clamp(hop, 0, Limits.COUNT_MAX);
        triesMade = Math.clamp(triesMade, 0, Limits.COUNT_MAX);
        waitsGranted = Math.clamp(waitsGranted, 0, triesMade);
        firstSeenAt = Math.clamp(firstSeenAt, 0, Limits.EPOCH_MS_MAX);
        notBefore = Math.clamp(notBefore, 0, Limits.EPOCH_MS_MAX);
    }

    /// What came of a try that was not the last word. It says what a stranger's server said, so it is made fit here.
    ///
    /// @param httpStatus of the last response, 100 to 999; null where there was none, or none of three digits
    /// @param kind a failure's kind, at most 64 characters; null for a response
    /// @param detail one sentence on the failure, at most 1,024 characters; null for a response
    public record LastTry(
            @Nullable Integer httpStatus,
            @Nullable String kind,
            @Nullable String detail) {
        public LastTry {
            httpStatus =
                    httpStatus != null && httpStatus >= Limits.HTTP_STATUS_MIN && httpStatus <= Limits.HTTP_STATUS_MAX
                            ? httpStatus
                            : null;
            kind = kind == null ? null : SafeText.cleaned(kind, Limits.KIND_CHARS_MAX);
            detail = detail == null ? null : SafeText.cleaned(detail, Limits.DETAIL_CHARS_MAX);
        }
    }

    /// Of an item that comes straight from its sender.
    public static Progress none(long firstSeenAt) {
        return new Progress(0, 0, 0, firstSeenAt, 0, null);
    }
}
