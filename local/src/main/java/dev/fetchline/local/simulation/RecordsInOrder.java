package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Ledger.Invocation;
import dev.fetchline.local.simulation.Ledger.Message;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// I3: a later request's record is never replaced by an earlier one's, nor a final record by one that is not, nor the
/// final record of a request by another of the same request, apart from what the fast path may do.
final class RecordsInOrder implements Rule {
    private final Ledger ledger;
    private final Violations violations;
    private final Map<Key, String> writers = new HashMap<>();

    RecordsInOrder(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    @Override
    public void see(Event event) {
        if (event instanceof Event.Wrote it) {
            Row before = it.before();
            if (before != null) {
                judge(it, before);
            }
            writers.put(it.key(), it.invocation());
        }
    }

    private void judge(Event.Wrote it, Row before) {
        Row after = it.after();
        if (after.requestedAt() > before.requestedAt()) {
            return;
        }
        boolean older = after.requestedAt() < before.requestedAt();
        if (!after.isFinal() && before.isFinal()) {
            violations.add("I3", it.key(), it.invocation() + " replaced a final record by one that is RETRYING");
        } else if (older && !isFastPath(it)) {
            violations.add("I3", it.key(), it.invocation() + " replaced the record of a later request");
        } else if (!older && !after.isFinal() && after.hop() <= before.hop()) {
            violations.add("I3", it.key(), it.invocation() + " replaced a RETRYING record by one of no higher hop");
        } else if (!older && before.isFinal() && !mayReplaceFinal(it)) {
            violations.add("I3", it.key(), it.invocation() + " replaced the final record of the same request");
        }
    }

    private boolean mayReplaceFinal(Event.Wrote it) {
        String earlier = writers.get(it.key());
        return it.invocation().equals(earlier) || (isFastPath(it) && !wasRedeliveredTo(it, earlier));
    }

    /// A first receive of an original message writes without a condition.
    private boolean isFastPath(Event.Wrote it) {
        Invocation invocation = ledger.invocation(it.invocation());
        return invocation.receives.entrySet().stream().anyMatch(received -> {
            Message message = ledger.message(received.getKey());
            return received.getValue() == 1
                    && message != null
                    && message.submission != null
                    && message.items.stream().anyMatch(item -> item.key().equals(it.key()));
        });
    }

    /// Whether the earlier writer had the very message on a later receive: then the visibility timeout should have
    /// kept this writer from writing any more.
    private boolean wasRedeliveredTo(Event.Wrote it, @Nullable String earlier) {
        if (earlier == null) {
            return false;
        }
        Map<String, Integer> mine = ledger.invocation(it.invocation()).receives;
        for (Map.Entry<String, Integer> received :
                ledger.invocation(earlier).receives.entrySet()) {
            Message message = ledger.message(received.getKey());
            if (mine.containsKey(received.getKey())
                    && received.getValue() > 1
                    && message != null
                    && !message.handedOutTwice
                    && message.items.stream().anyMatch(item -> item.key().equals(it.key()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void end() {}
}
