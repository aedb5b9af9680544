package dev.fetchline.record;

import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pace.WriteFeedback;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/// With what the writes of one invocation reach the table.
///
/// @param backoff between two tries of a call
/// @param feedback is told how the table bears the writes
/// @param deadline after which no write starts; calls still unanswered then are cut off, for the SDK's own limits may
///     reach past it
record WriteCalls(
        DynamoDbAsyncClient client,
        String table,
        Time time,
        Backoff backoff,
        WriteFeedback feedback,
        Deadline deadline) {
    static final String NO_TIME = "no time was left to write it";
}
