package dev.fetchline.local.cli;

import dev.fetchline.local.submit.Delivery;
import dev.fetchline.local.submit.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// What a submit does when a signal ends it: no call begins any more, those in flight may end, and a sentence says how
/// far it got.
///
/// It hears the signal itself. A shutdown hook would come too late: once the JVM shuts down, the client of AWS hands
/// over no answers, and what SQS took in the last calls could not be noted.
final class SubmitInterruption {
    /// As a shell counts them: 128 and the signal's number.
    private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

    private final StandardStreams streams;
    private final Duration stopMax;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private volatile @Nullable Path scratch;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable SubmitReport report;
    private volatile @Nullable Progress bar;

    SubmitInterruption(StandardStreams streams, Duration stopMax) {
        this.streams = streams;
        this.stopMax = stopMax;
    }

    /// From now on a signal ends the command in this way.
    void arm() {
        EXIT_CODES.forEach((name, exitCode) -> Signals.register(name, () -> interrupt(exitCode)));
    }

    /// The command has ended; if that is because of a signal, the signal's own thread ends the process.
    void disarm() throws InterruptedException {
        if (interrupted.get()) {
            new CountDownLatch(1).await();
        }
        EXIT_CODES.keySet().forEach(Signals::registerDefault);
    }

    /// @param files names the files that are to be deleted
    void reading(Path files) {
        scratch = files;
    }

    void sending(Delivery its, SubmitReport figures) {
        delivery = its;
        report = figures;
    }

    void showing(Progress its) {
        bar = its;
    }

    private void interrupt(int exitCode) {
        if (interrupted.getAndSet(true)) {
            // Somebody who asks twice does not want to wait.
            Runtime.getRuntime().halt(exitCode);
        }
        Delivery sending = delivery;
        SubmitReport figures = report;
        if (sending == null || figures == null) {
            streams.say("interrupted before anything was sent.");
        } else {
            boolean inTime = sending.stop(stopMax);
            Progress shown = bar;
            if (shown != null) {
                shown.close();
            }
            streams.say(
                    "interrupted%s: %s.".formatted(inTime ? "" : " with calls in flight", figures.howToGoOn(sending)));
        }
        streams.silence();
        Path files = scratch;
        if (files != null) {
            Submission.deleteFiles(files);
        }
        streams.out().flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
