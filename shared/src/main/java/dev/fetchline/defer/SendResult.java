package dev.fetchline.defer;

/// Whether an item is on the queue again.
public sealed interface SendResult {
    /// SQS has a message that carries it.
    record Accepted() implements SendResult {}

    /// SQS may not have it: its message must come again.
    ///
    /// @param reason for the log
    record Refused(String reason) implements SendResult {}
}
