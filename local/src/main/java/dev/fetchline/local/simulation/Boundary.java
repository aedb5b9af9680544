package dev.fetchline.local.simulation;

import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.FetchPipeline;
import dev.fetchline.queue.QueueMessage;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// Where the pipeline meets the world. Tests put deliberate bugs here, which make the real pipeline look as if it had
/// them, to see whether the checker notices.
interface Boundary {
    /// Nothing in between.
    Boundary NONE = new Boundary() {};

    default DynamoDbAsyncClient table(DynamoDbAsyncClient table, Time time) {
        return table;
    }

    default SqsAsyncClient queue(SqsAsyncClient queue, Time time) {
        return queue;
    }

    /// The ids that are reported back.
    default CompletableFuture<Set<String>> process(
            FetchPipeline pipeline, List<QueueMessage> messages, Deadline deadline) {
        return pipeline.process(messages, deadline).thenApply(BatchVerdict::reportedBack);
    }
}
