package dev.fetchline.local.watch;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks at a batch now and then, no more often than its pace allows, until it is finished or stands still.
///
/// Rows of progress are enough for as long as they come. What they cannot tell is read from the results
/// table, and only that: parts whose keys do not add up once all should be there, and all parts of a
/// batch that has no rows.
public final class BatchWatch {
    private static final Duration HEAD_PAUSE = Duration.ofSeconds(5);

    private final BatchSource source;
    private final BatchProgress progress;
    private final WatchPace pace;
    private Instant rowsDue = Instant.MIN;
    private Instant queueDue = Instant.MIN;
    private Instant headDue = Instant.MIN;
    private Instant recordsDue = Instant.MIN;
    private Instant changedAt;
    private @Nullable Instant emptySince;
    private QueueCounts queue = new QueueCounts(0, 0, 0);
    private long deadLetters;

    /// @param now when watching begins
    public BatchWatch(BatchSource source, BatchProgress progress, WatchPace pace, Instant now) {
        this.source = source;
        this.progress = progress;
        this.pace = pace;
        changedAt = now;
    }

    /// How a batch ends.
    public enum Ending {
        /// Every URL has its final record.
        FINISHED,
        /// Nothing moves any more, and some URLs have none.
        STANDS_STILL
    }

    /// Looks where it is time to.
    ///
    /// @return how the batch has ended; empty where it goes on
    public Optional<Ending> look(Instant now) {
        lookAtHead(now);
        lookAtRows(now);
        lookAtQueue(now);
        if (hasNoRows(now) && !now.isBefore(recordsDue)) {
            double before = source.spent().readUnits();
            readParts(progress.parts().names(), now);
            recordsDue = now.plus(pace.after(source.spent().readUnits() - before, pace.records()));
        }
        return ending(now, pace.still());
    }

    /// Looks once at all there is; with an empty queue no more is waited for.
    public Optional<Ending> lookOnce(Instant now) {
        Optional<Ending> ending = look(now);
        return ending.isPresent() || queue.all() > 0 ? ending : ending(now, Duration.ZERO);
    }

    /// A batch that was sent by other means than `submit`, or to a function that tells nothing of its work.
    private boolean hasNoRows(Instant now) {
        return !progress.hasRows()
                && progress.head()
                        .map(head -> hasPassed(head.submittedAt(), pace.silent(), now))
                        .orElse(true);
    }

    private void lookAtHead(Instant now) {
        boolean isSettled = progress.head().map(BatchHead::isSent).orElse(progress.hasRows());
        if (isSettled || now.isBefore(headDue)) {
            return;
        }
        source.head().ifPresent(head -> {
            if (!Optional.of(head).equals(progress.head())) {
                progress.see(head);
                changedAt = now;
            }
        });
        headDue = now.plus(HEAD_PAUSE);
    }

    private void lookAtRows(Instant now) {
        if (now.isBefore(rowsDue)) {
            return;
        }
        double before = source.spent().readUnits();
        if (progress.see(source.rowsAfter(progress.rowsAfter(WatchPace.OVERLAP))) > 0) {
            changedAt = now;
        }
        rowsDue = now.plus(pace.after(source.spent().readUnits() - before, pace.rows()));
    }

    private void lookAtQueue(Instant now) {
        if (now.isBefore(queueDue)) {
            return;
        }
        QueueCounts counts = source.queue();
        if (!counts.equals(queue)) {
            changedAt = now;
        }
        queue = counts;
        deadLetters = source.deadLetters();
        emptySince = counts.all() > 0 ? null : emptySince == null ? now : emptySince;
        queueDue = now.plus(pace.queue());
    }

    private Optional<Ending> ending(Instant now, Duration still) {
        if (progress.isFinished() && (progress.head().isPresent() || isStill(now, still))) {
            return Optional.of(Ending.FINISHED);
        }
        boolean isAtRest = isStill(now, still) || hasPassed(changedAt, WatchPace.STUCK, now);
        boolean shouldBeAll = progress.isAllCounted() && hasPassed(changedAt, pace.late(), now);
        if (!isAtRest && !shouldBeAll) {
            return Optional.empty();
        }
        // While work goes on a part is read once for each row that tells of it; at the end for certain.
        readParts(
                progress.open().stream()
                        .filter(part -> isAtRest || !progress.wasRead(part))
                        .toList(),
                now);
        if (progress.isFinished()) {
            return Optional.of(Ending.FINISHED);
        }
        return isAtRest ? Optional.of(Ending.STANDS_STILL) : Optional.empty();
    }

    private boolean isStill(Instant now, Duration still) {
        return emptySince != null
                && hasPassed(emptySince, still, now)
                && hasPassed(changedAt, still, now)
                && progress.nextAttemptAt(now).isEmpty();
    }

    private static boolean hasPassed(Instant since, Duration time, Instant now) {
        return !now.isBefore(since.plus(time));
    }

    private void readParts(List<String> parts, Instant now) {
        long before = progress.done();
        for (String part : parts) {
            progress.see(part, source.read(part), now);
        }
        if (progress.done() != before) {
            changedAt = now;
        }
    }

    /// What is known of the batch.
    public BatchProgress progress() {
        return progress;
    }

    /// Messages on the queue at the last look.
    public QueueCounts queue() {
        return queue;
    }

    /// Messages on the dead-letter queue at the last look.
    public long deadLetters() {
        return deadLetters;
    }

    /// What watching has taken.
    public Spent spent() {
        return source.spent();
    }
}
