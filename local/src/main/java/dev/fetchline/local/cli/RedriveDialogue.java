package dev.fetchline.local.cli;

import dev.fetchline.local.redrive.RedriveOutcome;
import dev.fetchline.local.redrive.RedrivePlan;
import java.util.List;

/// Shows what a redrive would do, asks, lets it run, and says what was done.
///
/// @param progress of it
/// @param isDryRun whether it ends with the showing
/// @param isConfirmed whether nobody is asked
record RedriveDialogue(
        StandardStreams streams,
        Interrupts interrupts,
        RedriveProgress progress,
        boolean isDryRun,
        boolean isConfirmed) {
    /// From the plan to the last word.
    ///
    /// @param place what is looked at, such as `the dead-letter queue of ...`
    /// @param outcome of the run
    /// @return what to exit with
    int go(RedriveReport report, String place, RedrivePlan plan, Runnable run, RedriveOutcome outcome) {
        print(report.plan(place, plan));
        if (interrupts.isRequested()) {
            streams.say("stopped before anything was sent.");
            return interrupts.exitCode();
        }
        if (isDryRun) {
            return ExitCode.OK;
        }
        if (plan.urls() == 0 && !plan.isMore()) {
            return plan.meantLeft() > 0 ? ExitCode.NOT_ALL_OK : ExitCode.OK;
        }
        if (!isConfirmed && !new Confirmation(streams, interrupts).isGiven("send " + urls(plan) + " again?")) {
            streams.say("nothing was sent.");
            return interrupts.isRequested() ? interrupts.exitCode() : ExitCode.USAGE_OR_UNFINISHED;
        }
        if (!plan.isMore()) {
            progress.expect(plan.urls());
        }
        try {
            run.run();
        } finally {
            // What was done is said also where something came in between.
            streams.out().println();
            print(report.outcome(outcome));
        }
        if (outcome.isInterrupted()) {
            return interrupts.exitCode();
        }
        return outcome.isWhole() ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    private static String urls(RedrivePlan plan) {
        return (plan.urls() == 1 ? "1 URL" : "%,d URLs".formatted(plan.urls()))
                + (plan.isMore() ? " and those that come after them" : "");
    }

    private void print(List<String> lines) {
        progress.close();
        lines.forEach(streams.out()::println);
        streams.flushOut();
    }
}
