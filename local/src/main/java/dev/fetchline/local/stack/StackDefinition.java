package dev.fetchline.local.stack;

/// Everything of a template that a local run makes, with no intrinsic left in it.
record StackDefinition(
        QueueDefinition queue,
        QueueDefinition deadLetterQueue,
        TableDefinition table,
        MappingDefinition mapping,
        FunctionDefinition function) {}
