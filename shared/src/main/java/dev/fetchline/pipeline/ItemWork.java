package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Outcome;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.pipeline.WorkItem.Task;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.RecordMapper.Asked;
import dev.fetchline.record.RecordWriter;
import dev.fetchline.record.ResultRecord;
import dev.fetchline.record.WriteResult;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What is done for one key: it is judged, fetched and recorded.
final class ItemWork {
    private final UrlGuard guard;
    private final HostGate gate;
    private final Attempts attempts;
    private final RecordMapper mapper;
    private final Ages ages;
    private final Time time;

    ItemWork(UrlGuard guard, HostGate gate, Attempts attempts, RecordMapper mapper, Ages ages, Time time) {
        this.guard = guard;
        this.gate = gate;
        this.attempts = attempts;
        this.mapper = mapper;
        this.ages = ages;
        this.time = time;
    }

    /// What there is to do. What goes wrong on our own side leaves the item unfinished, and no other.
    CompletableFuture<Worked> on(WorkItem item, Deadline fetching, RecordWriter writer) {
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

    /// An item of which the table did not tell in time whether it is done.
    Worked unread(WorkItem item) {
        return new Worked.Open(
                item, Tries.of(item.progress()), ages.whenTableMayServe(item), null, "its record was not read");
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

    private CompletableFuture<Worked> write(WorkItem item, Ready.ToWrite ready, RecordWriter writer) {
        CompletableFuture<WriteResult> written =
                item.isFirst() ? writer.write(ready.record()) : writer.writeUnlessDone(ready.record());
        return gate.whileUnwritten(written).thenApply(result -> switch (result) {
            case WriteResult.Written(boolean stoodBefore) ->
                new Worked.Ended(item, stoodBefore ? ready.ending().asStoodBefore() : ready.ending());
            case WriteResult.NotWritten(String reason) -> notWritten(item, "its record was not written: " + reason);
        });
    }

    /// An item whose record cannot be written is open like any other: what was found is fetched again
    /// later, and no attempt is spent. Past its age bound it is not put back any more: its message counts
    /// receives, so that what no table takes ends on the dead-letter queue, where it is seen.
    private Worked notWritten(WorkItem item, String reason) {
        return time.now().isBefore(ages.lastMomentOf(item.progress()))
                ? new Worked.Open(item, Tries.of(item.progress()), ages.whenTableMayServe(item), null, reason)
                : new Worked.Ended(item, new Ending.Unfinished(reason));
    }

    /// An item on the doorstep of the table.
    private sealed interface Ready {
        /// @param ending once the record is written
        record ToWrite(ResultRecord record, Ending.Recorded ending) implements Ready {}

        record NotYet(Worked.Open open) implements Ready {}
    }
}
