package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.stack.LocalStack;
import dev.fetchline.local.stack.QueueCounts;
import java.util.Optional;

/// What a waiting command looks at: how much is left to do, and whether there is still hope.
interface RunView {
    /// Messages on the queue, by their state.
    QueueCounts queue();

    /// Records in the table, final or not, without those that were there before.
    long recordCount();

    /// Those of them that are not final. Reads the whole table, which can take seconds.
    RetryingRecords retrying();

    /// Why the function cannot go on, in one sentence.
    Optional<String> functionFailure();

    /// Of a stack that was empty at its start.
    static RunView of(LocalStack stack) {
        return of(stack, EarlierWork.NONE);
    }

    static RunView of(LocalStack stack, EarlierWork earlier) {
        return new RunView() {
            @Override
            public QueueCounts queue() {
                return stack.queueCounts();
            }

            @Override
            public long recordCount() {
                return Math.max(0, stack.recordCount() - earlier.records());
            }

            @Override
            public RetryingRecords retrying() {
                RetryingRecords.Counter counter = new RetryingRecords.Counter();
                stack.eachRetrying(item -> counter.add(new FetchRecord(item)));
                return counter.counted();
            }

            @Override
            public Optional<String> functionFailure() {
                return stack.functionFailure();
            }
        };
    }
}
