package dev.fetchline.local.cli;

import dev.fetchline.local.stack.QueueCounts;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notices when nothing moves any more: a run that never ends proves nothing.
final class Standstill implements RunView {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final RunView view;
    private @Nullable QueueCounts messages;
    private long recordCount = -1;
    private long movedAt = System.nanoTime();

    Standstill(RunView view) {
        this.view = view;
    }

    @Override
    public QueueCounts queue() {
        QueueCounts now = view.queue();
        if (!now.equals(messages)) {
            messages = now;
            movedAt = System.nanoTime();
        }
        return now;
    }

    @Override
    public RetryingRecords retrying() {
        return view.retrying();
    }

    @Override
    public long recordCount() {
        long now = view.recordCount();
        if (now != recordCount) {
            recordCount = now;
            movedAt = System.nanoTime();
        }
        return now;
    }

    @Override
    public Optional<String> functionFailure() {
        return view.functionFailure().or(() -> {
            Duration still = Duration.ofNanos(System.nanoTime() - movedAt);
            return still.compareTo(LIMIT) < 0
                    ? Optional.empty()
                    : Optional.of("for %d s no message and no record has moved, and %d messages are left"
                            .formatted(still.toSeconds(), view.queue().all()));
        });
    }
}
