package dev.fetchline.record;

/// Whether a record is durable.
public sealed interface WriteResult {
    /// The table has it, or one that stands above it.
    ///
    /// @param stoodBefore whether it is the latter: somebody else wrote that one
    record Written(boolean stoodBefore) implements WriteResult {}

    /// The table may not have it.
    ///
    /// @param reason for the log
    record NotWritten(String reason) implements WriteResult {}
}
