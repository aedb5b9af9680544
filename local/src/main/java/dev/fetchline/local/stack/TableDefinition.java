package dev.fetchline.local.stack;

import java.util.Map;
import java.util.Optional;

/// @param name the table's name
/// @param keys `HASH` or `RANGE` by attribute name, partition key first
/// @param types `S`, `N` or `B` by attribute name
/// @param expiry the TTL attribute
record TableDefinition(String name, Map<String, String> keys, Map<String, String> types, Optional<String> expiry) {}
