package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Ledger.Invocation;
import java.util.HashMap;
import java.util.Map;

/// I5: an invocation ends before its deadline. I6: no request to a denied address. I8: what is in flight is bounded.
final class WithinLimits implements Rule {
    private final Ledger ledger;
    private final Violations violations;
    private final Map<String, Boolean> deniedOf = new HashMap<>();
    private final Map<Integer, Event.Requested> open = new HashMap<>();
    private final Map<String, Integer> inFlight = new HashMap<>();

    WithinLimits(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    @Override
    public void see(Event event) {
        switch (event) {
            case Event.Resolved it -> deniedOf.put(it.environment() + " " + it.host(), it.denied());
            case Event.Unresolved it -> deniedOf.remove(it.environment() + " " + it.host());
            case Event.Requested it -> requested(it);
            case Event.RequestEnded it -> {
                Event.Requested request = open.remove(it.request());
                if (request != null) {
                    inFlight.merge(request.environment(), -1, Integer::sum);
                    inFlight.merge(request.environment() + " " + request.host(), -1, Integer::sum);
                }
            }
            case Event.Answered it -> answered(it);
            case Event.Killed it -> {
                Invocation invocation = ledger.invocation(it.invocation());
                if (it.why().equals("timed out") && !invocation.frozen) {
                    violations.add("I5", it.invocation(), "it did not end before the function's timeout");
                }
            }
            default -> {}
        }
    }

    private void requested(Event.Requested it) {
        Boolean denied = deniedOf.get(it.environment() + " " + it.host());
        if (denied == null || denied) {
            violations.add(
                    "I6",
                    it.url(),
                    "requested by " + it.invocation()
                            + (denied == null ? " without an address that was looked up" : " at a denied address"));
        }
        open.put(it.request(), it);
        expectAtMost("FETCH_IN_FLIGHT_MAX", 256, it, it.environment());
        expectAtMost("FETCH_IN_FLIGHT_PER_HOST_MAX", 6, it, it.environment() + " " + it.host());
    }

    private void expectAtMost(String setting, int otherwise, Event.Requested it, String what) {
        int max = ledger.plan().setting(setting, otherwise);
        int now = inFlight.merge(what, 1, Integer::sum);
        if (now > max) {
            violations.add(
                    "I8", it.url(), "%d requests in flight of %s, where %s is %d".formatted(now, what, setting, max));
        }
    }

    private void answered(Event.Answered it) {
        Invocation invocation = ledger.invocation(it.invocation());
        if (it.at() > invocation.deadline && !invocation.frozen) {
            violations.add(
                    "I5",
                    it.invocation(),
                    "it ended %d ms after its deadline".formatted((it.at() - invocation.deadline) / 1_000_000));
        }
        open.values().forEach(request -> {
            if (request.invocation().equals(it.invocation())) {
                violations.add("I5", request.url(), it.invocation() + " ended while it was being fetched");
            }
        });
    }

    @Override
    public void end() {}
}
