package dev.fetchline.local.stack;

import java.time.Duration;
import java.util.Map;

/// What the template says of the function.
///
/// @param snapStart whether its environments are restored from a snapshot
record FunctionDefinition(
        String name,
        String handler,
        Duration timeout,
        int memoryMb,
        boolean snapStart,
        Map<String, String> environment) {}
