package dev.fetchline.local.bench;

/// A stretch of a run, between two moments: the end of the event that completes so many URLs, and a later one.
///
/// @param from URLs; each is where an event ends
/// @param to URLs
record Window(int from, int to) {
    @Override
    public String toString() {
        return "%,d to %,d".formatted(from, to);
    }
}
