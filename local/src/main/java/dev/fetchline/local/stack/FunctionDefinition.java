package dev.fetchline.local.stack;

import java.time.Duration;
import java.util.Map;

/// What the template says of the function.
record FunctionDefinition(
        String name, String handler, Duration timeout, int memoryMb, Map<String, String> environment) {}
