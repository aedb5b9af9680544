package dev.fetchline.record;

/// The message that an item came with, as its record tells it.
///
/// @param requestedAt when it was sent, epoch milliseconds
public record Origin(String messageId, long requestedAt) {}
