package dev.fetchline.defer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// A message on its way to the queue.
///
/// @param result completes when it is known what became of it
record Outgoing(PackedMessage message, CompletableFuture<SendResult> result) {
    /// What one SendMessageBatch takes (its API reference).
    static final int CALL_ENTRIES_MAX = 10;

    /// All messages of a call together (its API reference: 1 MiB).
    static final int CALL_BYTES_MAX = 1024 * 1024;

    Outgoing(PackedMessage message) {
        this(message, new CompletableFuture<>());
    }

    /// The messages in the order given, as many to a call as one takes.
    static List<List<Outgoing>> inCalls(List<Outgoing> all) {
        List<List<Outgoing>> calls = new ArrayList<>();
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            int its = all.get(i).bytes();
            if (i > start && (i - start == CALL_ENTRIES_MAX || bytes + its > CALL_BYTES_MAX)) {
                calls.add(all.subList(start, i));
                start = i;
                bytes = 0;
            }
            bytes += its;
        }
        if (start < all.size()) {
            calls.add(all.subList(start, all.size()));
        }
        return calls;
    }

    /// As SQS counts at the most: the group id is no message attribute, but costs little to count.
    private int bytes() {
        String groupId = message.messageGroupId();
        return message.bodyBytes() + (groupId == null ? 0 : groupId.getBytes(StandardCharsets.UTF_8).length);
    }

    SendMessageBatchRequestEntry entry(String id) {
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(message.body())
                // Said even when it is 0: the queue may have a delay of its own.
                .delaySeconds(message.delaySeconds())
                .messageGroupId(message.messageGroupId())
                .build();
    }

    void accept() {
        result.complete(new SendResult.Accepted());
    }

    void refuse(String reason) {
        result.complete(new SendResult.Refused(reason));
    }
}
