package dev.fetchline.local.redrive;

import dev.fetchline.local.stack.RefusedEntry;
import dev.fetchline.local.target.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// Puts messages on a queue and says of each whether SQS has confirmed it.
///
/// @param sqs client
/// @param queueUrl where they go
/// @param mayLeaveOutGroups whether a message goes without its group where the queue refuses it, as old emulators do
record QueueSender(SqsAsyncClient sqs, String queueUrl, boolean mayLeaveOutGroups) {
    /// What one SendMessageBatch takes (its API reference).
    static final int ENTRIES_MAX = 10;

    private static final int ATTEMPTS_MAX = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /// For the queue of a stack, whose messages have groups.
    static QueueSender ofQueue(Target target) {
        return new QueueSender(target.sqs(), target.queueUrl(), target.place() != Target.Place.DEPLOYED);
    }

    /// What became of a message.
    ///
    /// @param messageId as SQS named it; empty where it has not confirmed it
    /// @param refusal why not; empty where it has. A message without an answer may be on the queue all the same
    record Result(String messageId, String refusal) {
        boolean isSent() {
            return !messageId.isEmpty();
        }
    }

    /// Sends all of them, in as few calls as their number and size allow.
    ///
    /// @return what became of each, in the order given
    List<Result> send(List<OutgoingMessage> messages) {
        List<Result> results = new ArrayList<>();
        int start = 0;
        int bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            int its = messages.get(i).bytes();
            if (i > start && (i - start == ENTRIES_MAX || bytes + its > OutgoingMessage.BYTES_MAX)) {
                results.addAll(together(messages.subList(start, i)));
                start = i;
                bytes = 0;
            }
            bytes += its;
        }
        results.addAll(together(messages.subList(start, messages.size())));
        return results;
    }

    private List<Result> together(List<OutgoingMessage> messages) {
        Result[] results = new Result[messages.size()];
        Map<String, SendMessageBatchRequestEntry> left = new LinkedHashMap<>();
        for (int i = 0; i < results.length; i++) {
            results[i] = new Result("", "it was not tried");
            left.put(Integer.toString(i), messages.get(i).entry(Integer.toString(i)));
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !left.isEmpty(); attempt++) {
            if (attempt > 0) {
                LockSupport.parkNanos(PAUSE.toNanos() << attempt);
            }
            attempt(left, results);
        }
        return List.of(results);
    }

    private void attempt(Map<String, SendMessageBatchRequestEntry> left, Result[] results) {
        SendMessageBatchResponse answer;
        try {
            answer = sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(left.values()))
                    .join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof SdkException fault)) {
                throw e;
            }
            left.keySet().forEach(id -> results[Integer.parseInt(id)] = new Result("", Sentence.of(fault)));
            return;
        }
        answer.successful().forEach(sent -> {
            results[Integer.parseInt(sent.id())] = new Result(sent.messageId(), "");
            left.remove(sent.id());
        });
        for (BatchResultErrorEntry failed : answer.failed()) {
            results[Integer.parseInt(failed.id())] = new Result("", String.valueOf(failed.message()));
            RefusedEntry refused = new RefusedEntry(failed);
            if (mayLeaveOutGroups && refused.isForItsGroup()) {
                left.computeIfPresent(
                        failed.id(),
                        (_, entry) -> entry.toBuilder().messageGroupId(null).build());
            } else if (!refused.isTransient()) {
                left.remove(failed.id());
            }
        }
    }
}
