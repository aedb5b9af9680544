package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Fetcher;
import dev.fetchline.http.HopResult;
import dev.fetchline.http.Outcome;
import dev.fetchline.http.RedirectWalk;
import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.pipeline.WorkItem.Task;
import dev.fetchline.queue.Quarantine;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.queue.Visibility;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.ResultTable;
import dev.fetchline.record.WriteResult;
import dev.fetchline.retry.Decision;
import dev.fetchline.retry.RetryPolicy;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/// The way of a URL, from the message that names it to its record.
///
/// Immutable, so one pipeline may serve several invocations at once; what they share are the limits of the gate.
public final class FetchPipeline {
    /// The end of an invocation's time is for writing: at this distance from it all fetching stops.
    public static final Duration WRITING_TIME = Duration.ofSeconds(4);

    /// What a fetch holds beside its body: connection buffers and the response's head.
    private static final long BYTES_BESIDE_BODY = 64 * 1024;

    private final UrlGuard guard;
    private final HostGate gate;
    private final Fetcher fetcher;
    private final RetryPolicy retryPolicy;
    private final RecordMapper mapper;
    private final ResultTable table;
    private final Quarantine quarantine;
    private final Visibility visibility;
    private final Time time;
    private final FetchLimits limits;

    /// What bounds one fetch.
    ///
    /// @param timeout one attempt, all of it
    /// @param bodyBytesMax decoded
    public record FetchLimits(Duration timeout, int bodyBytesMax, int redirectsMax) {}

    public FetchPipeline(
            UrlGuard guard,
            HostGate gate,
            Fetcher fetcher,
            RetryPolicy retryPolicy,
            RecordMapper mapper,
            ResultTable table,
            Quarantine quarantine,
            Visibility visibility,
            Time time,
            FetchLimits limits) {
        this.guard = guard;
        this.gate = gate;
        this.fetcher = fetcher;
        this.retryPolicy = retryPolicy;
        this.mapper = mapper;
        this.table = table;
        this.quarantine = quarantine;
        this.visibility = visibility;
        this.time = time;
        this.limits = limits;
    }

    /// The key of the record that an entry of a message leads to.
    public static RecordKey keyOf(String batchId, BatchItem entry) {
        return Task.of(entry).keyIn(batchId);
    }

    /// Works through a batch of messages. The future completes before the deadline, with every write and fetch
    /// ended; it does not fail for anything that a message, a URL, a server or the table does.
    ///
    /// @param deadline after which nothing more may start, records included
    public CompletableFuture<BatchVerdict> process(List<QueueMessage> messages, Deadline deadline) {
        Deadline fetching = deadline.before(WRITING_TIME);
        Worklist work = Worklist.of(messages);
        RecordWriter writer = table.writer(deadline);
        Time.Timer lastCall = time.after(fetching.cap(fetching.remaining()), gate::turnAwayExpired);

        var quarantined = all(work.unreadable(), message -> quarantine(message, deadline));
        // What may have been recorded before waits until that is known; nothing else waits for the answer.
        var first = all(work.firstDelivered(), item -> settle(item, Set.of(), fetching, writer));
        var redelivered = finishedBefore(work, fetching)
                .thenCompose(finished -> all(work.redelivered(), item -> settle(item, finished, fetching, writer)));
        return first.thenCombine(redelivered, FetchPipeline::concat)
                .thenCombine(quarantined, (settled, unreadable) -> BatchVerdict.of(work, settled, unreadable))
                // Only now, with nothing of this invocation under way any more, may the messages come again.
                .thenCompose(verdict -> comeAgainSoon(work, verdict, deadline).thenApply(_ -> verdict))
                .whenComplete((_, _) -> lastCall.cancel());
    }

    /// One key: its outcome, then its record. What goes wrong on our own side leaves it unfinished, and no other.
    private CompletableFuture<Settled> settle(
            WorkItem item, Set<RecordKey> finished, Deadline fetching, RecordWriter writer) {
        if (finished.contains(item.key())) {
            return CompletableFuture.completedFuture(
                    new Settled(item.key(), item.messageIds(), new Ending.RecordedBefore()));
        }
        return CompletableFuture.completedFuture(item)
                .thenCompose(its -> recordOf(its, fetching))
                .thenCompose(ready -> switch (ready) {
                    case Ready.Unfinished(String reason) ->
                        CompletableFuture.<Ending>completedFuture(new Ending.Unfinished(reason));
                    case Ready.ToWrite toWrite -> write(item, toWrite, writer);
                })
                .exceptionally(fault -> new Ending.Unfinished("a fault of this program: " + Completion.cause(fault)))
                .thenApply(ending -> new Settled(item.key(), item.messageIds(), ending));
    }

    private CompletableFuture<Ready> recordOf(WorkItem item, Deadline fetching) {
        return switch (item.task()) {
            case Task.NoItem(var entry) -> ready(mapper.ofInvalid(item.key(), entry, item.origin(), time.now()));
            case Task.NoUrl(var its, var reading) ->
                ready(mapper.ofInvalid(item.key(), its, reading, item.origin(), time.now()));
            case Task.NotAllowed(var its, var reading) -> ready(refused(item, its, reading.key(), reading.refusal()));
            case Task.Fetch(var its, var url) ->
                guard.judge(url)
                        .map(refusal -> ready(refused(item, its, url.text(), refusal)))
                        .orElseGet(() -> fetch(item, its, url, Tries.NONE, fetching));
        };
    }

    private ResultRecord refused(WorkItem item, FetchItem its, String canonical, Refusal refusal) {
        return mapper.ofRefused(item.key(), its, canonical, refusal, item.origin(), time.now());
    }

    /// Attempt after attempt, until the policy is content or the time is over.
    private CompletableFuture<Ready> fetch(
            WorkItem item, FetchItem its, FetchUrl url, Tries before, Deadline fetching) {
        RedirectWalk start = RedirectWalk.from(its, url, timeoutOf(its), bodyBytesMaxOf(its), limits.redirectsMax());
        return attempt(start, Duration.ZERO, fetching).thenCompose(attempt -> {
            Tries tries = before.plusOne();
            return switch (retryPolicy.next(attempt.outcome(), tries, time.now(), fetching)) {
                case Decision.Done _ -> ready(item, its, url, attempt, tries);
                case Decision.RetryIn(Duration delay, Tries counted) ->
                    time.sleep(delay).thenCompose(_ -> fetch(item, its, url, counted, fetching));
                case Decision.Unfinished(String reason) ->
                    CompletableFuture.completedFuture(new Ready.Unfinished(reason));
            };
        });
    }

    /// One attempt: hop after hop, each judged anew and each with a place of its own at the gate.
    private CompletableFuture<AttemptResult> attempt(RedirectWalk walk, Duration tookBefore, Deadline fetching) {
        Optional<Refusal> refusal = guard.judge(walk.url());
        if (refusal.isPresent()) {
            return AttemptResult.done(
                    new Outcome.Refused(refusal.get(), walk.url().text(), walk.redirects()), tookBefore);
        }
        return gate.within(
                        walk.url().host(), walk.bodyBytesMax() + BYTES_BESIDE_BODY, fetching, () -> hop(walk, fetching))
                .thenCompose(done -> {
                    Hop hop = done.orElseGet(() -> new Hop(new HopResult.Cut(), Duration.ZERO));
                    Duration took = tookBefore.plus(hop.took());
                    return switch (walk.after(hop.result(), hop.took())) {
                        case RedirectWalk.Step.Next(RedirectWalk next) -> attempt(next, took, fetching);
                        case RedirectWalk.Step.Ended(Outcome outcome) -> AttemptResult.done(outcome, took);
                    };
                });
    }

    private CompletableFuture<Hop> hop(RedirectWalk walk, Deadline fetching) {
        long start = time.nanoTime();
        return fetcher.fetch(walk, fetching)
                .thenApply(result -> new Hop(result, Duration.ofNanos(time.nanoTime() - start)));
    }

    private CompletableFuture<Ready> ready(
            WorkItem item, FetchItem its, FetchUrl url, AttemptResult attempt, Tries tries) {
        ResultRecord record = mapper.ofOutcome(
                item.key(),
                its,
                url,
                attempt.outcome(),
                new RecordMapper.Attempt(time.now(), attempt.took(), tries.made()),
                item.origin());
        long bodyBytes = attempt.outcome() instanceof Outcome.Answered answered
                ? answered.body().length()
                : 0;
        return CompletableFuture.completedFuture(new Ready.ToWrite(record, attempt.took(), tries.made(), bodyBytes));
    }

    private static CompletableFuture<Ready> ready(ResultRecord record) {
        return CompletableFuture.completedFuture(new Ready.ToWrite(record, Duration.ZERO, 0, 0));
    }

    private static CompletableFuture<Ending> write(WorkItem item, Ready.ToWrite ready, RecordWriter writer) {
        CompletableFuture<WriteResult> written =
                item.redelivered() ? writer.writeUnlessDone(ready.record()) : writer.write(ready.record());
        return written.thenApply(result -> switch (result) {
            case WriteResult.Written _ ->
                new Ending.Recorded(ready.record().status(), ready.took(), ready.tries(), ready.bodyBytes());
            case WriteResult.NotWritten(String reason) ->
                new Ending.Unfinished("its record was not written: " + reason);
        });
    }

    private CompletableFuture<Set<RecordKey>> finishedBefore(Worklist work, Deadline fetching) {
        List<ResultTable.Wanted> redelivered = work.redelivered().stream()
                .map(item -> new ResultTable.Wanted(item.key(), item.origin().requestedAt()))
                .toList();
        return redelivered.isEmpty()
                ? CompletableFuture.completedFuture(Set.of())
                : table.finished(redelivered, fetching);
    }

    private CompletableFuture<QuarantineResult> quarantine(Worklist.Quarantined unreadable, Deadline deadline) {
        String messageId = unreadable.message().messageId();
        return quarantine
                .send(unreadable.message(), unreadable.reason(), deadline)
                .handle((_, failure) -> new QuarantineResult(
                        messageId,
                        unreadable.reason(),
                        failure == null ? null : Completion.cause(failure).toString()));
    }

    private CompletableFuture<Void> comeAgainSoon(Worklist work, BatchVerdict verdict, Deadline deadline) {
        List<QueueMessage> reportedBack = work.messages().stream()
                .filter(message -> verdict.reportedBack().contains(message.messageId()))
                .toList();
        return visibility.shorten(reportedBack, deadline);
    }

    private Duration timeoutOf(FetchItem item) {
        Duration asked = item.timeoutMs() == null ? limits.timeout() : Duration.ofMillis(item.timeoutMs());
        return asked.compareTo(limits.timeout()) < 0 ? asked : limits.timeout();
    }

    private int bodyBytesMaxOf(FetchItem item) {
        return item.maxBodyBytes() == null
                ? limits.bodyBytesMax()
                : Math.min(item.maxBodyBytes(), limits.bodyBytesMax());
    }

    /// The results of `step` on each element, in order, once all are there.
    private static <T, R> CompletableFuture<List<R>> all(List<T> elements, Function<T, CompletableFuture<R>> step) {
        List<CompletableFuture<R>> steps = elements.stream().map(step).toList();
        return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> steps.stream().map(CompletableFuture::resultNow).toList());
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private record Hop(HopResult result, Duration took) {}

    private record AttemptResult(Outcome outcome, Duration took) {
        static CompletableFuture<AttemptResult> done(Outcome outcome, Duration took) {
            return CompletableFuture.completedFuture(new AttemptResult(outcome, took));
        }
    }

    /// An item on the doorstep of the table.
    private sealed interface Ready {
        record ToWrite(ResultRecord record, Duration took, int tries, long bodyBytes) implements Ready {}

        record Unfinished(String reason) implements Ready {}
    }
}
