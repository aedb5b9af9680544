package dev.fetchline.local.cli;

import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Keeps count of the records that are not final. To find them the whole table has to be read, which takes seconds
/// where it holds thousands of records; so it is read only when there may be some, and not at every look.
final class RetryingWatch {
    /// Reading may take no more than this part of the time while there is other work.
    private static final int PAUSE_PER_READING = 9;

    /// While nothing changes the table is hardly read at all.
    private static final Duration BETWEEN_READINGS_UNCHANGED = Duration.ofMinutes(1);

    private final RunView view;
    private final LongSupplier nanoTime;
    private RunLook read = new RunLook(new QueueCounts(0, 0, 0), 0, RetryingRecords.NONE, true);
    private long readAt;
    private long tookNanos;
    private boolean isFirst = true;

    RetryingWatch(RunView view, LongSupplier nanoTime) {
        this.view = view;
        this.nanoTime = nanoTime;
    }

    /// The look that these two counts make together with the records that are not final.
    RunLook look(QueueCounts queue, long records) {
        // A record that is not final has a deferral, which is delayed first, and then worked on until it is final.
        boolean mayBeSome = queue.delayed() > 0 || read.retrying().count() > 0;
        if (!mayBeSome) {
            return new RunLook(queue, records, RetryingRecords.NONE, true);
        }
        RunLook unread = new RunLook(queue, records, read.retrying(), false);
        boolean isUnchanged = read.onlyWaits() && queue.equals(read.queue()) && records == read.records();
        if (isFirst || queue.all() == 0 || nanoTime.getAsLong() - readAt >= pauseNanos(unread, isUnchanged)) {
            read(queue, records);
            return read;
        }
        return isUnchanged ? read : unread;
    }

    private long pauseNanos(RunLook look, boolean isUnchanged) {
        if (isUnchanged) {
            return Math.max(tookNanos, BETWEEN_READINGS_UNCHANGED.toNanos());
        }
        // Where all wait, reading takes time from nobody.
        return look.onlyWaits() ? tookNanos : tookNanos * PAUSE_PER_READING;
    }

    private void read(QueueCounts queue, long records) {
        long start = nanoTime.getAsLong();
        read = new RunLook(queue, records, view.retrying(), true);
        readAt = nanoTime.getAsLong();
        tookNanos = readAt - start;
        isFirst = false;
    }
}
