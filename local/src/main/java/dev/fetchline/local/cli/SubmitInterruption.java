package dev.fetchline.local.cli;

import dev.fetchline.local.submit.Delivery;
import dev.fetchline.local.submit.Submission;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a submit does when a signal ends it: no call begins any more, those in flight may end, and a sentence says how
/// far it got.
final class SubmitInterruption {
    private final StandardStreams streams;
    private final Duration stopMax;
    private volatile boolean armed;
    private volatile @Nullable Submission submission;
    private volatile @Nullable Delivery delivery;
    private volatile @Nullable SubmitReport report;
    private volatile @Nullable Progress bar;

    SubmitInterruption(StandardStreams streams, Duration stopMax) {
        this.streams = streams;
        this.stopMax = stopMax;
    }

    void arm() {
        armed = true;
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "fetchline-shutdown"));
    }

    /// The command has ended by itself.
    void disarm() {
        armed = false;
    }

    void reading(Submission its) {
        submission = its;
    }

    void sending(Delivery its, SubmitReport figures) {
        delivery = its;
        report = figures;
    }

    void showing(Progress its) {
        bar = its;
    }

    private void interrupted() {
        if (!armed) {
            return;
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
        Submission files = submission;
        if (files != null) {
            files.close();
        }
    }
}
