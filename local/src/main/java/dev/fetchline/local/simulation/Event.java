package dev.fetchline.local.simulation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One thing that happened. Times are nanoseconds since the world began; `requestedAt` and `sentAt` are epoch
/// milliseconds of the queue's clock.
sealed interface Event {
    long at();

    /// A message put on the queue by a sender other than the function.
    record Submitted(long at, String message, String body, long sentAt) implements Event {}

    /// A message put on the queue by the function.
    record Deferred(long at, String message, String invocation, String body, long sentAt, int delaySeconds)
            implements Event {}

    /// A send that was not, or not seen to be, accepted.
    record SendFailed(long at, String invocation, String how) implements Event {}

    record Received(long at, String message, String invocation, int receiveCount) implements Event {}

    /// A message handed out though another invocation has it.
    record HandedOutTwice(long at, String message) implements Event {}

    record Deleted(long at, String message, String invocation) implements Event {}

    record DeleteLost(long at, String message, String invocation) implements Event {}

    /// Moved to the dead-letter queue by the queue itself.
    record Redriven(long at, String message, int receiveCount) implements Event {}

    /// Put on the dead-letter queue by the function.
    record Quarantined(
            long at, String originalMessage, @Nullable String reason, String invocation) implements Event {}

    record Wrote(long at, Key key, @Nullable Row before, Row after, boolean conditional, String invocation)
            implements Event {}

    /// A write that was not, or not seen to be, done.
    record WriteFailed(long at, Key key, Row row, String how, String invocation) implements Event {}

    /// Records as the function was told them.
    record Read(long at, String invocation, Map<Key, Row> rows) implements Event {}

    record Resolved(long at, String environment, String host, boolean denied) implements Event {}

    record Unresolved(long at, String environment, String host) implements Event {}

    record Requested(long at, int request, String url, String host, String environment, String invocation)
            implements Event {}

    /// The head of a response.
    ///
    /// @param told whether it named a time to come again
    record Responded(long at, int request, int status, boolean told) implements Event {}

    record RequestEnded(long at, int request, String how) implements Event {}

    record Invoked(long at, String invocation, String environment, List<String> messages, long deadline)
            implements Event {}

    record Answered(long at, String invocation, List<String> reportedBack) implements Event {}

    record ResponseLost(long at, String invocation) implements Event {}

    record Killed(long at, String environment, String invocation, String why) implements Event {}

    record Frozen(long at, String environment, String invocation, long until) implements Event {}
}
