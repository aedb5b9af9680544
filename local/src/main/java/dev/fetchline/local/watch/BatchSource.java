package dev.fetchline.local.watch;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.stack.QueueCounts;
import java.util.List;
import java.util.Optional;

/// Where a watcher looks: each call may cost money.
public interface BatchSource {
    /// What `submit` says of the batch now; empty where it says nothing.
    Optional<BatchHead> head();

    /// Rows of progress after an entry, oldest first; all of them after the empty text.
    List<ProgressRow> rowsAfter(String entry);

    /// Messages on the queue, of this batch and others.
    QueueCounts queue();

    /// Messages on the dead-letter queue.
    long deadLetters();

    /// Reads all records of a part.
    ///
    /// @param part name within the batch
    PartRead read(String part);

    /// What all of it took so far.
    Spent spent();
}
