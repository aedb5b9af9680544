package dev.fetchline.local.stack;

/// What holds of DynamoDB Local and of the table in memory alike, each asked by the real client over HTTP:
/// what the function relies on in a run must not depend on which of the two it ran against. Sentences are
/// compared where both say the same; where DynamoDB Local has words of its own, which AWS does not use, only
/// the error code is.
interface TableContract {
    /// A new and empty table.
    ContractTable table();
}
