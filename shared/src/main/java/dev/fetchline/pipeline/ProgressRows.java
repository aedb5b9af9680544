package dev.fetchline.pipeline;

import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.progress.ProgressRow;
import dev.fetchline.progress.ProgressTally;
import dev.fetchline.progress.ProgressTally.Fetched;
import java.util.List;

/// What an invocation tells of the batches that its messages named: a row for each family. Batches that are named by
/// their SQS message alone nobody follows.
final class ProgressRows {
    private ProgressRows() {}

    /// The rows.
    ///
    /// @param worked all items
    /// @param settled what became of them, in the same order
    static List<ProgressRow> of(List<Worked> worked, List<Settled> settled) {
        ProgressTally tally = new ProgressTally();
        for (int i = 0; i < worked.size(); i++) {
            WorkItem item = worked.get(i).item();
            if (!item.key().batchId().equals(item.origin().messageId())) {
                add(tally, worked.get(i), settled.get(i).ending());
            }
        }
        return tally.rows();
    }

    private static void add(ProgressTally tally, Worked worked, Ending ending) {
        WorkItem item = worked.item();
        switch (ending) {
            case Ending.Recorded recorded -> {
                // One that stood there before was counted by the invocation that wrote it.
                if (!recorded.stoodBefore()) {
                    tally.addFinal(item.key(), recorded.status(), fetched(item, recorded));
                }
            }
            case Ending.Deferred _ ->
                tally.addDeferred(item.key().batchId(), worked instanceof Worked.Open open ? open.notBefore() : null);
            case Ending.RecordedBefore _, Ending.Unfinished _ -> {}
        }
    }

    private static Fetched fetched(WorkItem item, Ending.Recorded recorded) {
        return recorded.triesNow() == 0
                ? Fetched.NOTHING
                : new Fetched(
                        item.host().orElse(null),
                        recorded.took().toMillis(),
                        recorded.bodyBytes(),
                        recorded.tries() - 1);
    }
}
