package dev.fetchline.local.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows on stderr how far a run is: a bar on a terminal, nothing elsewhere.
final class Progress implements AutoCloseable {
    private static final int BAR_COLUMNS_MAX = 100;

    private final long total;
    private final @Nullable ProgressBar bar;
    private final StandardStreams streams;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long done;

    private Progress(StandardStreams streams, long total, @Nullable ProgressBar bar) {
        this.streams = streams;
        this.total = total;
        this.bar = bar;
    }

    /// @param total of URLs
    static Progress start(StandardStreams streams, long total) {
        return start(streams, "URLs", total);
    }

    /// @param what is counted
    static Progress start(StandardStreams streams, String what, long total) {
        return new Progress(streams, total, streams.errIsTerminal() ? barOf(streams, what, total) : null);
    }

    private static ProgressBar barOf(StandardStreams streams, String what, long total) {
        // The last column stays free: some terminals wrap when it is written.
        int columns = Math.min(streams.errColumns() - 1, BAR_COLUMNS_MAX);
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .hideEta()
                .setConsumer(
                        new DelegatingProgressBarConsumer(text -> streams.err().print("\r" + text), columns))
                .build();
    }

    void seen(long records) {
        done = records;
        if (bar != null) {
            bar.stepTo(Math.min(records, total));
        }
    }

    /// Records at the last look.
    long done() {
        return done;
    }

    /// URLs that had no record at the last look.
    long left() {
        return Math.max(0, total - done);
    }

    /// Leaves the bar as it is and begins a new line; a signal may do so beside the command.
    @Override
    public void close() {
        if (bar != null && !closed.getAndSet(true)) {
            bar.close();
            streams.err().println();
        }
    }
}
