package dev.fetchline.local.submit;

import dev.fetchline.aws.CallFault;
import dev.fetchline.local.stack.RefusedEntry;
import dev.fetchline.local.submit.MessageFile.OutgoingUrls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/// Sends the messages of a file, a few calls at a time. A call's slot is free again only when the manifest has on disk
/// what SQS confirmed: so after a cut no more than the calls in flight can be sent a second time.
final class Sender {
    /// Calls in flight: enough for a latency of tens of milliseconds, few enough for a bound on what is sent twice.
    static final int CALLS = 8;

    /// Messages in a call at most (SQS).
    static final int CALL_MESSAGES_MAX = 10;

    /// Bytes of all bodies of a call at most (SQS).
    static final int CALL_BYTES_MAX = 1 << 20;

    /// In a row for one message, over about a minute and a half.
    static final int TRIES_MAX = 12;

    private final SqsAsyncClient client;
    private final String queueUrl;
    private final MessageFile messages;
    private final Manifest manifest;
    private final BitSet sentBefore;
    private final Pause pause;
    private final boolean mayLeaveOutGroups;
    private final AtomicLong urlsSent = new AtomicLong();
    private final AtomicLong messagesSent = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(CALLS);
    private volatile boolean withGroups = true;
    private int turn;

    /// Waits before a call is tried again.
    @FunctionalInterface
    interface Pause {
        /// Returns when the time is over.
        ///
        /// @param stopped ends the wait at once
        void pause(Duration wait, CountDownLatch stopped) throws InterruptedException;

        /// Really waits.
        Pause REAL = (wait, stopped) -> {
            boolean _ = stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        };
    }

    /// @param mayLeaveOutGroups whether to go on without `MessageGroupId` where the queue refuses it
    Sender(
            SqsAsyncClient client,
            String queueUrl,
            MessageFile messages,
            Manifest manifest,
            boolean mayLeaveOutGroups,
            Pause pause) {
        this.client = client;
        this.queueUrl = queueUrl;
        this.messages = messages;
        this.manifest = manifest;
        this.sentBefore = manifest.sent();
        this.mayLeaveOutGroups = mayLeaveOutGroups;
        this.pause = pause;
    }

    /// Begins to send.
    void start() {
        for (int i = 0; i < CALLS; i++) {
            Thread.ofVirtual().name("fetchline-submit-" + i).start(this::work);
        }
    }

    /// Waits for the end, for so long.
    ///
    /// @return whether nothing is sent any more
    /// @throws SubmitException if SQS does not take the messages
    boolean await(Duration wait) throws InterruptedException {
        if (!ended.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        RuntimeException fault = failure.get();
        if (fault != null) {
            throw fault;
        }
        return true;
    }

    /// Starts no call any more; those in flight may end.
    void stop() {
        stopped.countDown();
    }

    /// URLs in messages that SQS confirmed to this sender.
    long urlsSent() {
        return urlsSent.get();
    }

    /// Messages that SQS confirmed to this sender.
    long messagesSent() {
        return messagesSent.get();
    }

    /// Whether the queue took messages without their `MessageGroupId` only.
    boolean leftOutGroups() {
        return !withGroups;
    }

    private void work() {
        try {
            for (List<OutgoingUrls> call = next(); !call.isEmpty(); call = next()) {
                send(call);
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            stop();
        } catch (InterruptedException _) {
            stop();
        } finally {
            ended.countDown();
        }
    }

    /// The messages of the next call; none when all are taken, or it is to stop.
    private synchronized List<OutgoingUrls> next() {
        List<OutgoingUrls> call = new ArrayList<>(CALL_MESSAGES_MAX);
        long bytes = 0;
        while (!isStopped() && turn < messages.size() && call.size() < CALL_MESSAGES_MAX) {
            int number = messages.atTurn(turn);
            if (!sentBefore.get(number)) {
                OutgoingUrls message = messages.message(number);
                bytes += message.body().length();
                if (bytes > CALL_BYTES_MAX && !call.isEmpty()) {
                    return call;
                }
                call.add(message);
            }
            turn++;
        }
        return call;
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void send(List<OutgoingUrls> call) throws InterruptedException {
        Map<String, OutgoingUrls> open = new HashMap<>();
        call.forEach(message -> open.put(Integer.toString(message.number()), message));
        for (int failures = 1; ; failures++) {
            String why = trySend(open);
            if (open.isEmpty() || isStopped()) {
                return;
            }
            if (failures == TRIES_MAX) {
                throw new SubmitException("the queue did not take messages in %d tries (%s)".formatted(TRIES_MAX, why));
            }
            pause.pause(Backoff.after(failures), stopped);
        }
    }

    /// Makes one call; takes out of `open` what was confirmed.
    ///
    /// @return why the others were not
    private String trySend(Map<String, OutgoingUrls> open) {
        boolean hadGroups = withGroups;
        SendMessageBatchResponse answer;
        try {
            answer = client.sendMessageBatch(request -> request.queueUrl(queueUrl)
                            .entries(open.values().stream()
                                    .map(message -> entry(message, hadGroups))
                                    .toList()))
                    .join();
        } catch (CompletionException e) {
            expectTransient(e);
            return CallFault.describe(e);
        }
        List<Integer> confirmed = new ArrayList<>();
        answer.successful().forEach(entry -> {
            OutgoingUrls message = open.remove(entry.id());
            if (message != null) {
                confirmed.add(message.number());
                urlsSent.addAndGet(message.urls());
                messagesSent.incrementAndGet();
            }
        });
        if (!confirmed.isEmpty()) {
            manifest.confirm(confirmed);
        }
        answer.failed().forEach(entry -> expectTransient(entry, hadGroups));
        return answer.failed().stream().map(Sender::reasonOf).findFirst().orElse("it said nothing of some");
    }

    private static SendMessageBatchRequestEntry entry(OutgoingUrls message, boolean withGroup) {
        return SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(message.number()))
                .messageBody(message.body())
                .messageGroupId(withGroup ? message.group() : null)
                .build();
    }

    private static void expectTransient(CompletionException thrown) {
        boolean isTransient = thrown.getCause() instanceof SdkClientException own
                // Without credentials or a name that resolves, no other try will do better.
                ? own instanceof ApiCallTimeoutException
                        || own instanceof ApiCallAttemptTimeoutException
                        || own.getCause() instanceof java.io.IOException
                : CallFault.isTransient(thrown);
        if (!isTransient) {
            throw new SubmitException("the queue refuses messages (%s)".formatted(CallFault.describe(thrown)), thrown);
        }
    }

    private void expectTransient(BatchResultErrorEntry entry, boolean hadGroups) {
        RefusedEntry refused = new RefusedEntry(entry);
        if (refused.isTransient()) {
            return;
        }
        if (mayLeaveOutGroups && hadGroups && refused.isForItsGroup()) {
            withGroups = false;
            return;
        }
        throw new SubmitException("the queue refuses messages (%s)".formatted(reasonOf(entry)));
    }

    private static String reasonOf(BatchResultErrorEntry entry) {
        return entry.code() + ": " + entry.message();
    }
}
