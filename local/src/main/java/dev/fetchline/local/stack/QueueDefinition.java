package dev.fetchline.local.stack;

import java.util.Map;

/// @param name the queue's name
/// @param attributes attributes of SQS's CreateQueue, by their names there
record QueueDefinition(String name, Map<String, String> attributes) {}
