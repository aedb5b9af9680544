package dev.fetchline.bench.bare;

/// One URL of an event.
///
/// @param requestedAt milliseconds, as SQS writes them
record Item(String url, String batchId, String messageId, String requestedAt) {}
