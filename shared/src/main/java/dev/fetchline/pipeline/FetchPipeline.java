package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Outcome;
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
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.util.List;
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

    private final UrlGuard guard;
    private final HostGate gate;
    private final Attempts attempts;
    private final RecordMapper mapper;
    private final ResultTable table;
    private final Quarantine quarantine;
    private final Visibility visibility;
    private final Time time;

    FetchPipeline(
            UrlGuard guard,
            HostGate gate,
            Attempts attempts,
            RecordMapper mapper,
            ResultTable table,
            Quarantine quarantine,
            Visibility visibility,
            Time time) {
        this.guard = guard;
        this.gate = gate;
        this.attempts = attempts;
        this.mapper = mapper;
        this.table = table;
        this.quarantine = quarantine;
        this.visibility = visibility;
        this.time = time;
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
                        .orElseGet(() ->
                                attempts.at(its, url, fetching).thenApply(result -> ready(item, its, url, result)));
        };
    }

    private ResultRecord refused(WorkItem item, FetchItem its, String canonical, Refusal refusal) {
        return mapper.ofRefused(item.key(), its, canonical, refusal, item.origin(), time.now());
    }

    private Ready ready(WorkItem item, FetchItem its, FetchUrl url, Attempts.Result result) {
        return switch (result) {
            case Attempts.Result.Unfinished(String reason) -> new Ready.Unfinished(reason);
            case Attempts.Result.Finished(Outcome outcome, Duration took, Tries tries) -> {
                RecordMapper.Attempt last = new RecordMapper.Attempt(time.now(), took, tries.made());
                ResultRecord record = mapper.ofOutcome(item.key(), its, url, outcome, last, item.origin());
                long bodyBytes = outcome instanceof Outcome.Answered answered
                        ? answered.body().length()
                        : 0;
                yield new Ready.ToWrite(record, took, tries.made(), bodyBytes);
            }
        };
    }

    private static CompletableFuture<Ready> ready(ResultRecord record) {
        return CompletableFuture.completedFuture(new Ready.ToWrite(record, Duration.ZERO, 0, 0));
    }

    private CompletableFuture<Ending> write(WorkItem item, Ready.ToWrite ready, RecordWriter writer) {
        CompletableFuture<WriteResult> written =
                item.redelivered() ? writer.writeUnlessDone(ready.record()) : writer.write(ready.record());
        return gate.whileUnwritten(written).thenApply(result -> switch (result) {
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

    /// The results of `step` on each element, in order, once all are there.
    private static <T, R> CompletableFuture<List<R>> all(List<T> elements, Function<T, CompletableFuture<R>> step) {
        List<CompletableFuture<R>> steps = elements.stream().map(step).toList();
        return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> steps.stream().map(CompletableFuture::resultNow).toList());
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /// An item on the doorstep of the table.
    private sealed interface Ready {
        record ToWrite(ResultRecord record, Duration took, int tries, long bodyBytes) implements Ready {}

        record Unfinished(String reason) implements Ready {}
    }
}
