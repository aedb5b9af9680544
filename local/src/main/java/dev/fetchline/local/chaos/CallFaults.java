package dev.fetchline.local.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// What goes wrong between the function and one server.
///
/// @param server what the report calls it
record CallFaults(Chaos chaos, String server) implements FaultPlan {
    private static final double RESET = 0.01;
    private static final double ERROR = 0.01;
    private static final double SLOW = 0.02;

    /// Shorter than the function's patience with a call, and longer than its usual time.
    private static final int SLOWNESS_MS_MAX = 1_000;

    @Override
    public Fate before(Operation operation) {
        // Taken at its word it lets messages come again after 30 to 120 s, which is longer than the whole run.
        if (operation.name().equals("ChangeMessageVisibilityBatch")) {
            return new Fate.Answer(500, "InternalError");
        }
        if (chaos.killsAt(operation, false)) {
            return Fate.RESET;
        }
        if (chaos.happens(RESET, server + ": connections reset, call not carried out")) {
            return Fate.RESET;
        }
        if (chaos.happens(ERROR, server + ": calls answered with 500")) {
            return new Fate.Answer(500, "InternalServerError");
        }
        return Fate.PASS;
    }

    @Override
    public Fate after(Operation operation) {
        if (chaos.killsAt(operation, true) || chaos.happens(RESET, server + ": connections reset, call carried out")) {
            return Fate.RESET;
        }
        if (chaos.happens(SLOW, server + ": answers held up")) {
            LockSupport.parkNanos(
                    Duration.ofMillis(chaos.drawBelow(SLOWNESS_MS_MAX)).toNanos());
        }
        return Fate.PASS;
    }
}
