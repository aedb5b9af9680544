package dev.fetchline.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What came of an item when it was submitted before: evidence that whoever sends it again gives it along, and that its
/// new record keeps. The function does nothing by it. Values past what a deferral may carry are cut to it here.
///
/// @param status of the earlier record, at most 64 characters
/// @param httpStatus of its last response, 100 to 999; null where there was none, or none of three digits
/// @param failure null where it had none
/// @param attempts that were made then, 0 to 1,000,000
/// @param fetchedAt when the last of them ended, in the years 1970 to 9999; null where nothing was fetched
/// @param times that the item was submitted before, 1 to 1,000,000
public record Earlier(
        String status,
        @Nullable Integer httpStatus,
        @Nullable Failure failure,
        int attempts,
        @Nullable Instant fetchedAt,
        int times) {
    /// Bytes of UTF-8 kept of a failure's sentence. A record has room for more; of what is past this is enough.
    public static final int DETAIL_BYTES_MAX = 500;

    static final Instant LAST_MOMENT = Instant.ofEpochMilli(Limits.EPOCH_MS_MAX);

    public Earlier {
        status = SafeText.cleaned(status, Limits.KIND_CHARS_MAX);
        httpStatus = httpStatus != null && httpStatus >= Limits.HTTP_STATUS_MIN && httpStatus <= Limits.HTTP_STATUS_MAX
                ? httpStatus
                : null;
        attempts = Math.clamp(attempts, 0, Limits.COUNT_MAX);
        fetchedAt = fetchedAt != null && fetchedAt.isAfter(LAST_MOMENT) ? LAST_MOMENT : fetchedAt;
        fetchedAt = fetchedAt != null && fetchedAt.isBefore(Instant.EPOCH) ? Instant.EPOCH : fetchedAt;
        times = Math.clamp(times, 1, Limits.COUNT_MAX);
    }

    /// The failure that the earlier record ended with.
    ///
    /// @param kind at most 64 characters
    /// @param detail one sentence, cut to 500 bytes of UTF-8; it may be empty
    public record Failure(String kind, String detail) {
        public Failure {
            kind = SafeText.cleaned(kind, Limits.KIND_CHARS_MAX);
            detail = SafeText.beginningInUtf8(SafeText.cleaned(detail, Limits.DETAIL_CHARS_MAX), DETAIL_BYTES_MAX);
        }
    }
}
