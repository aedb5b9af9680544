package dev.fetchline.record;

/// Whether a record is durable.
public sealed interface WriteResult {
    /// The table has it, or one that stands above it.
    record Written() implements WriteResult {}

    /// The table may not have it.
    ///
    /// @param reason for the log
    record NotWritten(String reason) implements WriteResult {}
}
