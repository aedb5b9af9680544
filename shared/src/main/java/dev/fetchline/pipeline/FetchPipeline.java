package dev.fetchline.pipeline;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.pipeline.WorkItem.Task;
import dev.fetchline.progress.ProgressTable;
import dev.fetchline.queue.Quarantine;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.queue.Visibility;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/// The way of a URL, from the message that names it to its record: messages are read into a [Worklist]; each item is
/// judged, fetched and recorded by [ItemWork]; what is not finished goes back to the queue by [Deferring]; the
/// [BatchVerdict] says which messages must come again, and [ProgressRows] what was done.
///
/// Immutable but for what it measures, so one pipeline may serve several invocations at once; what they share are the
/// limits of the gate.
public final class FetchPipeline {
    private final HostGate gate;
    private final ItemWork itemWork;
    private final ResultTable table;
    private final Deferring deferring;
    private final Quarantine quarantine;
    private final Visibility visibility;
    private final ProgressTable progress;
    private final Ages ages;
    private final Time time;

    FetchPipeline(
            HostGate gate,
            ItemWork itemWork,
            ResultTable table,
            Deferring deferring,
            Quarantine quarantine,
            Visibility visibility,
            ProgressTable progress,
            Ages ages,
            Time time) {
        this.gate = gate;
        this.itemWork = itemWork;
        this.table = table;
        this.deferring = deferring;
        this.quarantine = quarantine;
        this.visibility = visibility;
        this.progress = progress;
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
        return process(messages, deadline, "-");
    }

    /// As [#process(List, Deadline)], for an invocation with a name.
    ///
    /// @param invocation its id, by which its rows of progress are told from those of others
    public CompletableFuture<BatchVerdict> process(List<QueueMessage> messages, Deadline deadline, String invocation) {
        long start = time.nanoTime();
        Worklist work = Worklist.of(messages, time.now(), ages.max());
        Phases phases = Phases.of(deadline, deferring.timeFor(work.items().size()));
        RecordWriter writer = table.writer(phases.writing());
        Deadline fetching = phases.fetching();
        Time.Timer lastCall = time.after(fetching.cap(fetching.remaining()), gate::turnAwayExpired);

        var quarantined = all(work.unreadable(), message -> quarantine(message, deadline));
        var first = all(work.firstDelivered(), item -> itemWork.on(item, fetching, writer));
        var redelivered = workOnRedelivered(work, phases, writer);
        return first.thenCombine(redelivered, FetchPipeline::concat)
                .thenCompose(worked -> deferring
                        .settle(worked, Duration.ofNanos(time.nanoTime() - start), phases)
                        .thenCombine(quarantined, (settled, unreadable) -> BatchVerdict.of(work, settled, unreadable))
                        .thenCompose(verdict -> tell(work, worked, verdict, deadline, invocation)))
                .whenComplete((_, _) -> lastCall.cancel());
    }

    /// What an earlier delivery may have settled is asked for first; nothing else waits for the answer.
    private CompletableFuture<List<Worked>> workOnRedelivered(Worklist work, Phases phases, RecordWriter writer) {
        List<WorkItem> items = work.redelivered();
        if (items.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        List<ResultTable.Wanted> wanted = items.stream()
                .map(item -> new ResultTable.Wanted(
                        item.key(), item.origin().requestedAt(), item.progress().hop()))
                .toList();
        return table.finished(wanted, phases.fetching())
                .thenCompose(answer -> all(items, item -> {
                    if (answer.done().contains(item.key())) {
                        return done(new Worked.Ended(item, new Ending.RecordedBefore()));
                    }
                    return answer.isComplete()
                            ? itemWork.on(item, phases.fetching(), writer)
                            : done(itemWork.unread(item));
                }));
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

    /// Only now, with nothing of this invocation under way any more, may the messages come again; and only now is it
    /// known what became of each item.
    private CompletableFuture<BatchVerdict> tell(
            Worklist work, List<Worked> worked, BatchVerdict verdict, Deadline deadline, String invocation) {
        var rows = progress.write(() -> ProgressRows.of(worked, verdict.settled()), invocation, deadline);
        return comeAgainSoon(work, verdict, deadline).thenCombine(rows, (_, written) -> verdict.with(written));
    }

    private CompletableFuture<Void> comeAgainSoon(Worklist work, BatchVerdict verdict, Deadline deadline) {
        List<QueueMessage> reportedBack = work.messages().stream()
                .filter(message -> verdict.reportedBack().contains(message.messageId()))
                .toList();
        return visibility.shorten(reportedBack, deadline);
    }

    /// The results of `step` on each element, in order, once all are there.
    private static <T, R> CompletableFuture<List<R>> all(List<T> elements, Function<T, CompletableFuture<R>> step) {
        return Completion.all(elements.stream().map(step).toList());
    }

    private static CompletableFuture<Worked> done(Worked worked) {
        return CompletableFuture.completedFuture(worked);
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
