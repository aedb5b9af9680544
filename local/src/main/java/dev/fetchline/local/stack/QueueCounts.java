package dev.fetchline.local.stack;

/// How many messages a queue holds, all three counted at once.
///
/// @param visible that can be received now
/// @param inFlight received and hidden: being worked on, or waiting out their visibility timeout
/// @param delayed that cannot be received yet: sent with a delay which is not over
public record QueueCounts(long visible, long inFlight, long delayed) {
    /// All messages.
    public long all() {
        return visible + inFlight + delayed;
    }
}
