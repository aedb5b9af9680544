package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
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
import dev.fetchline.record.RecordMapper.Asked;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.ResultTable;
import dev.fetchline.record.WriteResult;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The way of a URL, from the message that names it to its record.
///
/// Immutable but for what it measures, so one pipeline may serve several invocations at once; what they share are the
/// limits of the gate.
public final class FetchPipeline {
    private final UrlGuard guard;
    private final HostGate gate;
    private final Attempts attempts;
    private final RecordMapper mapper;
    private final ResultTable table;
    private final Deferring deferring;
    private final Quarantine quarantine;
    private final Visibility visibility;
    private final Ages ages;
    private final Time time;

    FetchPipeline(
            UrlGuard guard,
            HostGate gate,
            Attempts attempts,
            RecordMapper mapper,
            ResultTable table,
            Deferring deferring,
            Quarantine quarantine,
            Visibility visibility,
            Ages ages,
            Time time) {
        this.guard = guard;
        this.gate = gate;
        this.attempts = attempts;
        this.mapper = mapper;
        this.table = table;
        this.deferring = deferring;
        this.quarantine = quarantine;
        this.visibility = visibility;
        this.ages = ages;
        this.time = time;
    }

    /// The key of the record that an entry of a message leads to.
    public static RecordKey keyOf(String batchId, BatchItem entry) {
        return Task.of(entry).keyIn(batchId);
    }

    /// Works through a batch of messages. The future completes before the deadline, with every write and fetch
    /// ended; it does not fail for anything that a message, a URL, a server, the table or the queue does.
    ///
    /// @param deadline after which nothing more may start, records and deferrals included
    public CompletableFuture<BatchVerdict> process(List<QueueMessage> messages, Deadline deadline) {
        long start = time.nanoTime();
        Worklist work = Worklist.of(messages, time.now(), ages.max());
        Phases phases = Phases.of(deadline, deferring.timeFor(work.items().size()));
        RecordWriter writer = table.writer(phases.writing());
        Deadline fetching = phases.fetching();
        Time.Timer lastCall = time.after(fetching.cap(fetching.remaining()), gate::turnAwayExpired);

        var quarantined = all(work.unreadable(), message -> quarantine(message, deadline));
        // What may have been recorded before waits until that is known; nothing else waits for the answer.
        var first = all(work.firstDelivered(), item -> work(item, Set.of(), fetching, writer));
        var redelivered = finishedBefore(work, fetching)
                .thenCompose(finished -> all(work.redelivered(), item -> work(item, finished, fetching, writer)));
        return first.thenCombine(redelivered, FetchPipeline::concat)
                .thenCompose(worked -> deferring.settle(worked, Duration.ofNanos(time.nanoTime() - start), phases))
                .thenCombine(quarantined, (settled, unreadable) -> BatchVerdict.of(work, settled, unreadable))
                // Only now, with nothing of this invocation under way any more, may the messages come again.
                .thenCompose(verdict -> comeAgainSoon(work, verdict, deadline).thenApply(_ -> verdict))
                .whenComplete((_, _) -> lastCall.cancel());
    }

    /// One key: its outcome, then its record. What goes wrong on our own side leaves it unfinished, and no other.
    private CompletableFuture<Worked> work(
            WorkItem item, Set<RecordKey> finished, Deadline fetching, RecordWriter writer) {
        if (finished.contains(item.key())) {
            return CompletableFuture.completedFuture(new Worked.Ended(item, new Ending.RecordedBefore()));
        }
        return CompletableFuture.completedFuture(item)
                .thenCompose(its -> recordOf(its, fetching))
                .thenCompose(ready -> switch (ready) {
                    case Ready.NotYet(Worked.Open open) -> CompletableFuture.<Worked>completedFuture(open);
                    case Ready.ToWrite toWrite -> write(item, toWrite, writer);
                })
                .exceptionally(fault -> new Worked.Ended(
                        item, new Ending.Unfinished("a fault of this program: " + Completion.cause(fault))));
    }

    private CompletableFuture<Ready> recordOf(WorkItem item, Deadline fetching) {
        Asked asked = asked(item);
        return switch (item.task()) {
            case Task.NoItem(var entry) -> ready(mapper.ofInvalid(asked, entry, time.now()));
            case Task.NoUrl(var its, var reading) -> ready(mapper.ofInvalid(asked, its, reading, time.now()));
            case Task.NotAllowed(var its, var reading) ->
                ready(mapper.ofRefused(asked, its, reading.key(), reading.refusal(), time.now()));
            case Task.Fetch(var its, var url) ->
                guard.judge(url)
                        .map(refusal -> ready(mapper.ofRefused(asked, its, url.text(), refusal, time.now())))
                        .orElseGet(() -> fetch(item, its, url, fetching));
        };
    }

    private static Asked asked(WorkItem item) {
        return new Asked(item.key(), item.origin(), item.progress().hop());
    }

    private CompletableFuture<Ready> fetch(WorkItem item, FetchItem its, FetchUrl url, Deadline fetching) {
        Instant lastMoment = ages.lastMomentOf(item.progress());
        if (!time.now().isBefore(lastMoment)) {
            ResultRecord expired = mapper.ofExpired(asked(item), its, url, item.progress(), ages.max(), time.now());
            boolean untried = item.progress().last() == null;
            return done(
                    new Ready.ToWrite(expired, new Ending.Recorded(expired.status(), Duration.ZERO, 0, 0, 0, untried)));
        }
        return attempts.at(its, url, item.progress(), lastMoment, fetching).thenApply(result -> switch (result) {
            case Attempts.Result.Finished finished -> ready(item, its, url, finished);
            case Attempts.Result.Later(Tries tries, var notBefore, var last) ->
                new Ready.NotYet(open(item, tries, notBefore, last));
        });
    }

    private Worked.Open open(WorkItem item, Tries tries, @Nullable Instant notBefore, Attempts.@Nullable Last last) {
        if (notBefore != null) {
            return new Worked.Open(item, tries, notBefore, last, "its next try is due later");
        }
        return gate.isHeldBack()
                ? new Worked.Open(item, tries, ages.whenTableMayServe(item), last, "the table takes too little")
                : new Worked.Open(item, tries, null, last, "the invocation's time was over");
    }

    private Ready ready(WorkItem item, FetchItem its, FetchUrl url, Attempts.Result.Finished finished) {
        Outcome outcome = finished.outcome();
        int tries = finished.tries().made();
        ResultRecord record = mapper.ofOutcome(
                asked(item),
                its,
                url,
                outcome,
                new RecordMapper.Attempt(time.now(), finished.took(), tries, finished.told()));
        long bodyBytes =
                outcome instanceof Outcome.Answered answered ? answered.body().length() : 0;
        int triesNow = tries - item.progress().triesMade();
        return new Ready.ToWrite(
                record, new Ending.Recorded(record.status(), finished.took(), tries, triesNow, bodyBytes, false));
    }

    private static CompletableFuture<Ready> ready(ResultRecord record) {
        return done(new Ready.ToWrite(record, new Ending.Recorded(record.status(), Duration.ZERO, 0, 0, 0, false)));
    }

    private static CompletableFuture<Ready> done(Ready ready) {
        return CompletableFuture.completedFuture(ready);
    }

    /// A record that cannot be written leaves its item open like any other: what was found is fetched again later, and
    /// no attempt is spent.
    private CompletableFuture<Worked> write(WorkItem item, Ready.ToWrite ready, RecordWriter writer) {
        CompletableFuture<WriteResult> written =
                item.isFirst() ? writer.write(ready.record()) : writer.writeUnlessDone(ready.record());
        return gate.whileUnwritten(written).thenApply(result -> switch (result) {
            case WriteResult.Written _ -> new Worked.Ended(item, ready.ending());
            case WriteResult.NotWritten(String reason) ->
                new Worked.Open(
                        item,
                        new Tries(item.progress().triesMade(), item.progress().waitsGranted()),
                        ages.whenTableMayServe(item),
                        null,
                        "its record was not written: " + reason);
        });
    }

    private CompletableFuture<Set<RecordKey>> finishedBefore(Worklist work, Deadline fetching) {
        List<ResultTable.Wanted> redelivered = work.redelivered().stream()
                .map(item -> new ResultTable.Wanted(
                        item.key(), item.origin().requestedAt(), item.progress().hop()))
                .toList();
        return redelivered.isEmpty()
                ? CompletableFuture.completedFuture(Set.of())
                : table.finished(redelivered, fetching);
    }

    private CompletableFuture<QuarantineResult> quarantine(Worklist.Remark unreadable, Deadline deadline) {
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
        /// @param ending once the record is written
        record ToWrite(ResultRecord record, Ending.Recorded ending) implements Ready {}

        record NotYet(Worked.Open open) implements Ready {}
    }
}
