package dev.fetchline.local.redrive;

import dev.fetchline.local.stack.DeadMessage;

/// Plans and outcomes for tests of what is said about them.
public final class Plans {
    private Plans() {}

    /// Twelve messages that are sent, one that cannot be.
    public static RedrivePlan ofDeadLetters() {
        RedrivePlan plan = new RedrivePlan();
        for (int i = 1; i <= 12; i++) {
            plan.look(DeadMessage.RECEIVED_TOO_OFTEN);
            plan.send("message-" + i, i, DeadMessage.RECEIVED_TOO_OFTEN);
        }
        plan.look("body: found \u001b[2J");
        plan.leave("message-13", Selection.UNREADABLE, true);
        return plan;
    }

    /// Of one record that is sent and one that is not.
    public static RedrivePlan ofBatch() {
        RedrivePlan plan = new RedrivePlan();
        plan.look("FAILED TIMEOUT");
        plan.send("https://a.example/", 1, "FAILED TIMEOUT");
        plan.look("HTTP_ERROR 503");
        plan.leave("https://b.example/", RecordItem.HEADERS, true);
        plan.sendWithoutHeaders();
        return plan;
    }

    public static RedrivePlan ofNothing() {
        return new RedrivePlan();
    }

    /// Something of everything.
    public static RedriveOutcome outcome() {
        RedriveOutcome outcome = new RedriveOutcome();
        outcome.sent(1_200, 14);
        outcome.done(true);
        outcome.done(false);
        outcome.undeleted(1);
        outcome.fail("the queue is throttled");
        outcome.leave(Selection.UNREADABLE, true);
        outcome.unseen();
        outcome.interrupted();
        return outcome;
    }
}
