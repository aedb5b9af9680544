package dev.fetchline.intake;

/// The message that first named an item; what is deferred keeps it.
///
/// @param messageId SQS's own
/// @param requestedAt when it was sent, epoch milliseconds: of two records of a key the later request's stands. What no
///     calendar has is cut to the years 1970 to 9999, so that a deferral can carry it
public record Origin(String messageId, long requestedAt) {
    public Origin {
        requestedAt = Math.clamp(requestedAt, 0, Limits.EPOCH_MS_MAX);
    }
}
