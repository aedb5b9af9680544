package dev.fetchline.defer;

import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// Puts unfinished items back on the queue. The messages they came with are hidden, not gone, so these are copies: once
/// SQS has accepted one, its item is settled.
public final class Deferrals {
    private final SqsAsyncClient client;
    private final String queueUrl;
    private final Time time;
    private final Backoff backoff;

    /// Deferrals to the queue at `queueUrl`.
    ///
    /// @param random draws from 0 (inclusive) to 1 (exclusive), for the jitter of retries
    public Deferrals(SqsAsyncClient client, String queueUrl, Time time, DoubleSupplier random) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.time = time;
        this.backoff = Backoff.betweenCalls(random);
    }

    /// Sends the items, packed into as few messages as their times, groups and sizes allow. Never fails: what SQS did
    /// not take by the deadline is [SendResult.Refused]. One that was cut off may be on the queue all the same.
    ///
    /// @param deadline after which nothing is sent
    /// @return what became of each item, in the order given
    public CompletableFuture<List<SendResult>> send(List<Deferrable> items, Deadline deadline) {
        List<PackedMessage> messages = Packer.pack(items, time.now());
        List<CompletableFuture<SendResult>> sent =
                new MessageSender(client, queueUrl, time, backoff, deadline).send(messages);
        return Completion.all(sent).thenApply(results -> inOrder(items.size(), messages, results));
    }

    private static List<SendResult> inOrder(int count, List<PackedMessage> messages, List<SendResult> sent) {
        SendResult[] results = new SendResult[count];
        for (int i = 0; i < messages.size(); i++) {
            for (int position : messages.get(i).positions()) {
                results[position] = sent.get(i);
            }
        }
        return Arrays.asList(results);
    }
}
