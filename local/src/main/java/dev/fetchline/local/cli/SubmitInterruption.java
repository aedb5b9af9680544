package dev.fetchline.local.cli;

import dev.fetchline.local.submit.Delivery;
import dev.fetchline.local.submit.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What a submit does when a signal ends it: no call begins any more, those in flight may end, and a sentence says how
/// far it got.
final class SubmitInterruption {
    private final StandardStreams streams;
    private final Duration stopMax;
    private volatile @Nullable Path scratch;
    private volatile @Nullable Path directory;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable SubmitReport report;
    private volatile @Nullable Progress bar;

    SubmitInterruption(StandardStreams streams, Duration stopMax) {
        this.streams = streams;
        this.stopMax = stopMax;
    }

    /// Does a command that a signal ends in this way.
    int during(Callable<Integer> command) throws Exception {
        try (Interrupts interrupts = Interrupts.listen(this::interrupt)) {
            try {
                return command.call();
            } finally {
                if (interrupts.isRequested()) {
                    // What it stumbles over is no news: the signal's own thread ends the process.
                    new CountDownLatch(1).await();
                }
            }
        }
    }

    /// @param files names the files that are to be deleted
    /// @param around a directory that is to be deleted with them; null for none
    void reading(Path files, @Nullable Path around) {
        scratch = files;
        directory = around;
    }

    void sending(Delivery its, SubmitReport figures) {
        delivery = its;
        report = figures;
    }

    void showing(Progress its) {
        bar = its;
    }

    private void interrupt(int exitCode) {
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
        Path around = directory;
        if (around != null) {
            try {
                Files.deleteIfExists(around);
            } catch (IOException _) {
                // The command itself has written to it meanwhile: it is in the directory for temporary files.
            }
        }
        streams.out().flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
