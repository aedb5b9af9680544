package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a local run calls the template's queues and tables, on servers of our own and on emulators.
///
/// @param queue of messages to work on
/// @param deadLetterQueue of messages that could not be read or kept failing
/// @param table of results
/// @param batchesTable of heads and progress; empty where the template has none
public record StackNames(String queue, String deadLetterQueue, String table, Optional<String> batchesTable) {
    /// The names for this template.
    ///
    /// @throws LocalStackException if it is none that a local run understands
    public static StackNames of(Path template) {
        // No name depends on where the servers are.
        StackDefinition definition = StackTemplate.read(template, Map.of()).define(URI.create("http://localhost:4566"));
        return new StackNames(
                definition.queue().name(),
                definition.deadLetterQueue().name(),
                definition.table().name(),
                definition.batchesTable().map(TableDefinition::name));
    }
}
