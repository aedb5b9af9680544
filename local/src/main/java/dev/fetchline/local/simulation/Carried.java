package dev.fetchline.local.simulation;

/// An item that a message carries.
///
/// @param requestedAt of the message that first named it
/// @param hop how often it was deferred
record Carried(Key key, long requestedAt, long hop) {}
