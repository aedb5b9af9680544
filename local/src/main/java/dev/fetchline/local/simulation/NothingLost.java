package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Ledger.Message;
import dev.fetchline.local.simulation.Plan.Kind;

/// I1: every URL ends in a final record, or its message is on the dead-letter queue. I2: an acknowledged message has
/// all its records or deferrals durable first. I9: what is quarantined says why.
final class NothingLost implements Rule {
    private final Ledger ledger;
    private final Violations violations;

    NothingLost(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    @Override
    public void see(Event event) {
        switch (event) {
            case Event.Deleted it -> judgeDelete(ledger.message(it.message()), it.invocation());
            case Event.Quarantined it -> {
                if (it.reason() == null || it.reason().isBlank()) {
                    violations.add("I9", it.originalMessage(), "it was quarantined without a reason");
                }
                Message message = ledger.message(it.originalMessage());
                if (message == null || (message.submission != null && message.submission.kind() == Kind.READABLE)) {
                    violations.add("I9", it.originalMessage(), "it was quarantined though it can be read");
                }
            }
            default -> {}
        }
    }

    private void judgeDelete(@org.jspecify.annotations.Nullable Message message, String invocation) {
        if (message == null || message.quarantined) {
            return;
        }
        if (message.submission != null && message.submission.kind() == Kind.UNREADABLE) {
            violations.add(
                    "I2",
                    message.id,
                    "it cannot be read, and was acknowledged by " + invocation
                            + " without a copy on the dead-letter queue");
        }
        for (Carried item : message.items) {
            if (!ledger.wasFinal(item.key(), item.requestedAt()) && !isCarriedElsewhere(message, item)) {
                violations.add(
                        "I2",
                        item.key(),
                        "its message " + message.id + " was acknowledged by " + invocation
                                + " with neither a final record nor a deferral of it durable");
            }
        }
    }

    private boolean isCarriedElsewhere(Message deleted, Carried item) {
        for (String id : ledger.carriersOf(item.key())) {
            Message other = ledger.message(id);
            if (other != null && other != deleted && !other.deleted && carries(other, item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean carries(Message message, Carried item) {
        return message.items.stream()
                .anyMatch(its -> its.key().equals(item.key()) && its.requestedAt() >= item.requestedAt());
    }

    @Override
    public void end() {
        for (Message message : ledger.messages().values()) {
            if (message.submission == null) {
                continue;
            }
            for (Carried item : message.items) {
                Row row = ledger.rows().get(item.key());
                boolean recorded = row != null && row.isFinal() && ledger.wasFinal(item.key(), item.requestedAt());
                if (!recorded && !isOnDeadLetterQueue(item)) {
                    violations.add(
                            "I1",
                            item.key(),
                            "it has no final record in the end, and no message with it is on"
                                    + " the dead-letter queue");
                }
            }
            if (message.submission.kind() == Kind.UNREADABLE && !message.quarantined && !message.redriven) {
                violations.add("I9", message.id, "it cannot be read, and is not on the dead-letter queue");
            }
        }
    }

    private boolean isOnDeadLetterQueue(Carried item) {
        return ledger.carriersOf(item.key()).stream().anyMatch(id -> {
            Message message = ledger.message(id);
            return message != null && (message.redriven || message.quarantined) && carries(message, item);
        });
    }
}
