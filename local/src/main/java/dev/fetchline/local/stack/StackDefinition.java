package dev.fetchline.local.stack;

import java.util.Optional;

/// Everything of a template that a local run makes, with no intrinsic left in it.
///
/// @param batchesTable empty where the function is given none
record StackDefinition(
        QueueDefinition queue,
        QueueDefinition deadLetterQueue,
        TableDefinition table,
        Optional<TableDefinition> batchesTable,
        MappingDefinition mapping,
        FunctionDefinition function) {}
