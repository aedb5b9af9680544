package dev.fetchline.pipeline;

import dev.fetchline.defer.Deferrable;
import dev.fetchline.defer.Deferrals;
import dev.fetchline.defer.SendResult;
import dev.fetchline.guard.FetchUrl;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Progress;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.pipeline.WorkItem.Task;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.ResultTable;
import dev.fetchline.record.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// Puts what is not finished back on the queue. First SQS accepts the deferral, then the record says RETRYING: a crash
/// in
/// between repeats work, the other way round it would lose it.
final class Deferring {
    /// A RETRYING record lives so much longer than its item can.
    private static final Duration RECORD_OUTLIVES_ITEM = Duration.ofDays(1);

    /// All RETRYING records of an invocation together.
    private static final Duration RETRYING_TIME_MAX = Duration.ofSeconds(5);

    /// What is kept of the invocation's time when they are given up.
    private static final Duration RESERVE = Duration.ofSeconds(1);

    /// What deferring an item takes as long as nothing is measured.
    private static final long PACE_NANOS_AT_FIRST = 100_000;

    /// A queue that did not answer for once must not take all the time from fetching.
    private static final long PACE_NANOS_MAX = 1_000_000;

    /// Fewer items say nothing of the pace.
    private static final int MEASURED_ITEMS_MIN = 1_000;

    private final Deferrals deferrals;
    private final ResultTable table;
    private final RecordMapper mapper;
    private final Time time;
    private final Ages ages;
    private final EstimatedTurns.Rates slowestRates;
    private final AtomicLong nanosPerItem = new AtomicLong(PACE_NANOS_AT_FIRST);

    Deferring(
            Deferrals deferrals,
            ResultTable table,
            RecordMapper mapper,
            Time time,
            Ages ages,
            EstimatedTurns.Rates slowestRates) {
        this.deferrals = deferrals;
        this.table = table;
        this.mapper = mapper;
        this.time = time;
        this.ages = ages;
        this.slowestRates = slowestRates;
    }

    /// What deferring so many items would take, by what it took in earlier invocations of this environment.
    Duration timeFor(int items) {
        return Duration.ofNanos(nanosPerItem.get() * items);
    }

    /// Defers the open ones of `worked`.
    ///
    /// @param fetched the time that this invocation fetched
    /// @return all of them settled, in their order
    CompletableFuture<List<Settled>> settle(List<Worked> worked, Duration fetched, Phases phases) {
        long start = time.nanoTime();
        List<Later> later = laterOnes(worked, fetched);
        if (later.isEmpty()) {
            return CompletableFuture.completedFuture(withEndings(worked, List.of()));
        }
        return deferrals
                .send(later.stream().map(Later::deferrable).toList(), phases.all())
                .thenCompose(sent -> {
                    measure(later.size(), time.nanoTime() - start);
                    return afterSending(later, sent, table.writer(retrying(phases)));
                })
                .thenApply(endings -> withEndings(worked, endings));
    }

    /// An open item as its deferral will carry it.
    private record Later(Worked.Open open, Progress progress) {
        private Deferrable deferrable() {
            WorkItem item = open.item();
            return new Deferrable(
                    new DeferredItem(item.key().batchId(), item.origin(), item.entry(), progress), item.groupId());
        }
    }

    private List<Later> laterOnes(List<Worked> worked, Duration fetched) {
        EstimatedTurns turns = EstimatedTurns.after(worked, fetched, slowestRates);
        long now = time.now().toEpochMilli();
        List<Later> later = new ArrayList<>();
        for (Worked one : worked) {
            if (one instanceof Worked.Open open) {
                later.add(new Later(open, progressOf(open, dueAt(open, turns, now))));
            }
        }
        return later;
    }

    /// Not past its age bound: then it is due, to get its final record. One that is past it waits for the table.
    private long dueAt(Worked.Open open, EstimatedTurns turns, long now) {
        long lifeLeft = Math.max(ages.lastMomentOf(open.item().progress()).toEpochMilli() - now, 0);
        if (open.notBefore() == null) {
            // An estimate that is too long must not use up the life of an item that was never tried.
            return now + Math.min(turns.next(open.item()).toMillis(), lifeLeft / 2);
        }
        long due = open.notBefore().toEpochMilli();
        return lifeLeft == 0 ? due : Math.min(due, now + lifeLeft);
    }

    private static Progress progressOf(Worked.Open open, long notBefore) {
        Progress before = open.item().progress();
        return new Progress(
                before.hop() + 1,
                open.tries().made(),
                open.tries().waitsGranted(),
                before.firstSeenAt(),
                notBefore,
                open.last() == null ? before.last() : open.last().outcome());
    }

    private CompletableFuture<List<Ending>> afterSending(
            List<Later> later, List<SendResult> sent, RecordWriter writer) {
        List<CompletableFuture<Ending>> endings = new ArrayList<>(later.size());
        for (int i = 0; i < later.size(); i++) {
            Later its = later.get(i);
            endings.add(
                    switch (sent.get(i)) {
                        case SendResult.Refused(String reason) ->
                            CompletableFuture.completedFuture(new Ending.Unfinished(
                                    its.open().reason() + "; and the queue did not take its deferral: " + reason));
                        case SendResult.Accepted _ -> writeRetrying(its, writer);
                    });
        }
        return Completion.all(endings);
    }

    /// They are best effort, so a slow table neither keeps an invocation going nor brings it near its end.
    private Deadline retrying(Phases phases) {
        return Deadline.in(phases.all().before(RESERVE).cap(RETRYING_TIME_MAX), time);
    }

    /// Best effort: once its deferral is accepted, an item is settled. Of what was never tried there is nothing to say.
    private CompletableFuture<Ending> writeRetrying(Later later, RecordWriter writer) {
        String reason = later.open().reason();
        WorkItem item = later.open().item();
        if (later.progress().triesMade() == 0 || !(item.task() instanceof Task.Fetch(FetchItem its, FetchUrl url))) {
            return CompletableFuture.completedFuture(new Ending.Deferred(reason, null));
        }
        Attempts.Last last = later.open().last();
        Supplier<ResultRecord> record = () -> mapper.ofRetrying(
                new RecordMapper.Asked(
                        item.key(), item.origin(), later.progress().hop()),
                its,
                url,
                later.progress(),
                last == null ? null : last.told(),
                time.now(),
                ages.lastMomentOf(item.progress()).plus(RECORD_OUTLIVES_ITEM));
        return writer.writeUnlessDone(record)
                .handle((written, _) -> new Ending.Deferred(reason, written instanceof WriteResult.Written));
    }

    private static List<Settled> withEndings(List<Worked> worked, List<Ending> endingsOfOpen) {
        List<Settled> settled = new ArrayList<>(worked.size());
        int next = 0;
        for (Worked one : worked) {
            settled.add(
                    switch (one) {
                        case Worked.Ended ended -> ended.settled(ended.ending());
                        case Worked.Open open -> open.settled(endingsOfOpen.get(next++));
                    });
        }
        return settled;
    }

    private void measure(int items, long nanos) {
        if (items >= MEASURED_ITEMS_MIN) {
            // Slower at once, faster by and by: a margin that was too small once is not to be so again.
            long measured = Math.min(nanos / items, PACE_NANOS_MAX);
            nanosPerItem.updateAndGet(before -> Math.max(before * 9 / 10, measured));
        }
    }
}
