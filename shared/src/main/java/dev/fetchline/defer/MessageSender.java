package dev.fetchline.defer;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.KmsThrottledException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// Sends the messages of one invocation: 10 to a call, a few calls at a time, until SQS has each, or has refused it, or
/// the deadline has passed; calls still unanswered then are cut off.
final class MessageSender {
    /// Enough to keep the queue busy; each call holds a connection and up to 1 MiB.
    static final int CALLS_MAX = 8;

    private static final String NO_TIME = "no time was left to send it";
    private static final String NOT_NAMED = "the queue's answer did not say what became of it";

    private final SqsAsyncClient client;
    private final String queueUrl;
    private final Time time;
    private final Backoff backoff;
    private final Deadline deadline;
    private final HostGate places = new HostGate(CALLS_MAX, CALLS_MAX, Long.MAX_VALUE, Integer.MAX_VALUE);

    MessageSender(SqsAsyncClient client, String queueUrl, Time time, Backoff backoff, Deadline deadline) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.time = time;
        this.backoff = backoff;
        this.deadline = deadline;
    }

    /// What became of each message, in the order given.
    List<CompletableFuture<SendResult>> send(List<PackedMessage> messages) {
        List<Outgoing> all = messages.stream().map(Outgoing::new).toList();
        Outgoing.inCalls(all).forEach(batch -> send(batch, 1));
        return all.stream().map(Outgoing::result).toList();
    }

    private void send(List<Outgoing> batch, int tries) {
        var _ = places.within(queueUrl, 1, deadline, () -> call(batch)).whenComplete((answer, failure) -> {
            try {
                if (failure != null) {
                    afterFailure(batch, tries, failure);
                } else if (answer.isEmpty()) {
                    refuse(batch, NO_TIME);
                } else {
                    afterAnswer(batch, tries, answer.get());
                }
            } catch (RuntimeException fault) {
                // An answer that is not as the SDK promises must not leave its messages waiting for ever.
                refuse(batch, "the queue's answer cannot be read: " + fault);
            }
        });
    }

    private CompletableFuture<SendMessageBatchResponse> call(List<Outgoing> batch) {
        try {
            return deadline.cut(client.sendMessageBatch(requestOf(batch)));
        } catch (RuntimeException unsent) {
            // Not the SDK's way to say that a call failed: what is broken here stays so.
            return CompletableFuture.failedFuture(new IllegalStateException("not sent: " + unsent, unsent));
        }
    }

    private SendMessageBatchRequest requestOf(List<Outgoing> batch) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            entries.add(batch.get(i).entry(Integer.toString(i)));
        }
        return SendMessageBatchRequest.builder()
                .queueUrl(queueUrl)
                .entries(entries)
                .build();
    }

    /// A success may hold failures of single messages, and no one but us retries them.
    private void afterAnswer(List<Outgoing> batch, int tries, SendMessageBatchResponse response) {
        Set<String> accepted = response.successful().stream()
                .map(SendMessageBatchResultEntry::id)
                .collect(Collectors.toSet());
        Map<String, BatchResultErrorEntry> failed = response.failed().stream()
                .collect(Collectors.toMap(BatchResultErrorEntry::id, Function.identity(), (first, _) -> first));
        List<Outgoing> unsent = new ArrayList<>();
        String reason = NOT_NAMED;
        for (int i = 0; i < batch.size(); i++) {
            String id = Integer.toString(i);
            BatchResultErrorEntry error = failed.get(id);
            if (accepted.contains(id)) {
                batch.get(i).accept();
            } else if (error != null && Boolean.TRUE.equals(error.senderFault())) {
                batch.get(i).refuse(describe(error));
            } else {
                unsent.add(batch.get(i));
                reason = error == null ? reason : describe(error);
            }
        }
        if (!unsent.isEmpty()) {
            again(unsent, tries, reason);
        }
    }

    private void afterFailure(List<Outgoing> batch, int tries, Throwable failure) {
        // SQS's encryption key may be throttled, too, and that error does not look like throttling.
        if (CallFault.isTransient(failure) || Completion.cause(failure) instanceof KmsThrottledException) {
            again(batch, tries, CallFault.describe(failure));
        } else {
            refuse(batch, CallFault.describe(failure));
        }
    }

    private void again(List<Outgoing> batch, int tries, String reason) {
        Duration delay = backoff.delay(tries);
        if (deadline.allows(delay)) {
            var _ = time.after(delay, () -> send(batch, tries + 1));
        } else {
            refuse(batch, reason);
        }
    }

    private static void refuse(List<Outgoing> batch, String reason) {
        batch.forEach(its -> its.refuse(reason));
    }

    private static String describe(BatchResultErrorEntry error) {
        return error.code() + ": " + error.message();
    }
}
