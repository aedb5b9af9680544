package dev.fetchline.local.cost;

/// How long answers take: most of them a usual time, and a few of them a long one.
///
/// @param usualMs in the mean, milliseconds
/// @param slowShare of the answers that are slow, 0 to 1
/// @param slowMs that those take, milliseconds
public record Answers(double usualMs, double slowShare, double slowMs) {
    /// What an answer takes, slow ones included, in the mean.
    double meanMs() {
        return (1 - slowShare) * usualMs + slowShare * slowMs;
    }

    /// How probable it is that a slow one is among so many.
    double chanceOfSlow(long answers) {
        return 1 - Math.pow(1 - slowShare, (double) answers);
    }

    /// Until the last of `answers` is there, when `atOnce` are waited for at once: as many waves of the usual time as
    /// it
    /// takes, and what a slow one is longer; no less than all their times shared out.
    double waitMs(long answers, long atOnce) {
        double waves = (double) Math.ceilDiv(answers, atOnce) * usualMs
                + chanceOfSlow(answers) * Math.max(0, slowMs - usualMs);
        return Math.max(waves, answers * meanMs() / atOnce);
    }

    /// The same of a web that is so many times slower; the slow ones were slow already.
    Answers slowedBy(double factor) {
        return new Answers(usualMs * factor, slowShare, Math.max(slowMs, usualMs * factor));
    }
}
