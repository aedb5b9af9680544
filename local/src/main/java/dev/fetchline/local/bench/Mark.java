package dev.fetchline.local.bench;

/// The end of an event.
///
/// @param urls done so far in the process, this event's among them
/// @param handedOutNanos when the event was given to the process, on the JVM's own clock
/// @param returnedNanos when its answer came
/// @param reading of the process right after
record Mark(int urls, long handedOutNanos, long returnedNanos, ProcessReading reading) {}
