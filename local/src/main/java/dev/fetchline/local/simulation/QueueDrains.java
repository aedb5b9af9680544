package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Ledger.Message;
import java.time.Duration;

/// I10: once faults have stopped, the queue drains.
final class QueueDrains implements Rule {
    /// Beyond the age bound: visibility, delays, the last attempts.
    private static final Duration SLACK = Duration.ofHours(4);

    private final Ledger ledger;
    private final Violations violations;
    private final Weather weather;

    QueueDrains(Ledger ledger, Violations violations, Weather weather) {
        this.ledger = ledger;
        this.violations = violations;
        this.weather = weather;
    }

    @Override
    public void see(Event event) {
        if (event instanceof Event.Deleted it && it.at() > bound()) {
            violations.add(
                    "I10",
                    it.message(),
                    "it left the queue only at " + Story.time(it.at()) + ", where faults had stopped long before");
        }
    }

    /// After which nothing may be left.
    private long bound() {
        long last = Math.max(weather.lasts().toNanos(), weather.tableDownUntil().toNanos());
        for (Plan.Submission submission : ledger.plan().submissions()) {
            last = Math.max(last, submission.atNanos());
        }
        int ageHours = ledger.plan().setting("FETCH_AGE_MAX_HOURS", 24);
        return last + SLACK.plusHours(ageHours).toNanos();
    }

    @Override
    public void end() {
        for (Message message : ledger.messages().values()) {
            if (message.isLive()) {
                violations.add("I10", message.id, "it is still on the queue in the end");
            }
        }
    }
}
