package dev.fetchline.local.cli;

import dev.fetchline.local.bench.Bench;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Shows on stderr how far a bench is: a sentence for each run, and a bar; where there is no terminal for a bar,
/// another
/// sentence now and then.
final class BenchProgress implements Bench.Watcher {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final StandardStreams streams;
    private volatile @Nullable Progress bar;
    private volatile String run = "";
    private volatile long saidNanos;

    BenchProgress(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void say(String sentence) {
        Progress shown = bar;
        if (shown == null) {
            streams.say(sentence);
        } else {
            shown.say(sentence);
        }
    }

    @Override
    public void begins(String run, int urls) {
        streams.say("%s: %,d URLs".formatted(run, urls));
        this.run = run;
        saidNanos = System.nanoTime();
        bar = Progress.start(streams, urls);
    }

    @Override
    public void done(int urls) {
        Progress shown = bar;
        if (shown != null) {
            shown.seen(urls);
        }
        if (!streams.errIsTerminal() && System.nanoTime() - saidNanos > EVERY_NANOS) {
            saidNanos = System.nanoTime();
            streams.say("%s: %,d URLs are done".formatted(run, urls));
        }
    }

    @Override
    public void ended() {
        Progress shown = bar;
        if (shown != null) {
            shown.close();
        }
    }
}
