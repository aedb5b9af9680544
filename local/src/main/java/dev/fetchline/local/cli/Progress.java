package dev.fetchline.local.cli;

import java.time.Duration;
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
    private volatile long retrying;

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
        return new Progress(
                streams,
                total,
                streams.errIsTerminal() ? barOf(streams, what, total).hideEta().build() : null);
    }

    /// A bar with the rate and the time that is left, for work that goes on evenly.
    ///
    /// @param before what was done of it earlier, and says nothing of the rate
    static Progress startEvenly(StandardStreams streams, String what, long before, long total) {
        return new Progress(
                streams,
                total,
                streams.errIsTerminal()
                        ? barOf(streams, what, total)
                                .startsFrom(before, Duration.ZERO)
                                .setUnit("", 1)
                                .showSpeed()
                                .build()
                        : null);
    }

    private static ProgressBarBuilder barOf(StandardStreams streams, String what, long total) {
        int columns = columns(streams);
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                // Otherwise it is drawn when it grows: not after a sentence was said in its place, nor while all wait.
                .continuousUpdate()
                .setConsumer(
                        new DelegatingProgressBarConsumer(text -> streams.err().print("\r" + text), columns));
    }

    private static int columns(StandardStreams streams) {
        // The last column stays free: some terminals wrap when it is written.
        return Math.min(streams.errColumns() - 1, BAR_COLUMNS_MAX);
    }

    void seen(RunLook look) {
        retrying = look.retrying().count();
        seen(look.finalRecords());
    }

    /// @param count of what is done, of the total
    void seen(long count) {
        done = count;
        if (bar != null) {
            bar.stepTo(Math.min(count, total));
        }
    }

    /// Says one sentence; the bar goes on below it.
    void say(String sentence) {
        if (bar != null && !closed.get()) {
            streams.sayOver(columns(streams), sentence);
        } else {
            streams.say(sentence);
        }
    }

    /// What was done at the last look.
    long done() {
        return done;
    }

    /// How far the run was at the last look, such as `3 records were final, 2 URLs were unfinished`.
    String sentence() {
        String sentence = "%d records were final, %d URLs were unfinished".formatted(done, Math.max(0, total - done));
        return retrying == 0 ? sentence : "%s (%d of them RETRYING)".formatted(sentence, retrying);
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
