package dev.fetchline.local.cli;

import dev.fetchline.local.stack.LocalStack;
import java.util.Optional;

/// What a waiting command looks at: how much is left to do, and whether there is still hope.
interface RunView {
    /// Messages on the queue: visible, in flight or delayed.
    long messagesLeft();

    /// Records in the table.
    long recordCount();

    /// Why the function cannot go on, in one sentence.
    Optional<String> functionFailure();

    static RunView of(LocalStack stack) {
        return new RunView() {
            @Override
            public long messagesLeft() {
                return stack.messagesLeft();
            }

            @Override
            public long recordCount() {
                return stack.recordCount();
            }

            @Override
            public Optional<String> functionFailure() {
                return stack.functionFailure();
            }
        };
    }
}
