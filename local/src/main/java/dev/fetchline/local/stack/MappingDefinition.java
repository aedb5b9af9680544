package dev.fetchline.local.stack;

import java.time.Duration;

/// What the template says of the event source mapping.
///
/// @param batchSize messages in a batch at most
/// @param window how long a batch waits for more after its first message
/// @param concurrencyMax invocations at the same time at most
/// @param reportsFailures whether `ReportBatchItemFailures` is set
record MappingDefinition(int batchSize, Duration window, int concurrencyMax, boolean reportsFailures) {}
