package dev.fetchline.intake;

/// The message that first named an item; what is deferred keeps it.
///
/// @param messageId SQS's own
/// @param requestedAt when it was sent, epoch milliseconds: of two records of a key the later request's stands
public record Origin(String messageId, long requestedAt) {}
