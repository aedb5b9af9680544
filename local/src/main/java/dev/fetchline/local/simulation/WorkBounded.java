package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Ledger.Invocation;
import dev.fetchline.local.simulation.Ledger.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// I4: nothing is fetched or copied more often than attempts, granted waits and accidents explain.
final class WorkBounded implements Rule {
    private static final int GRANTED_WAITS_MAX = 100;

    private final Ledger ledger;
    private final Violations violations;
    private final Map<Integer, Event.Requested> open = new HashMap<>();
    /// Requests that a redirect ended; the others end an attempt.
    private final Map<Page, Integer> redirects = new HashMap<>();
    private final Map<Page, Integer> fetches = new LinkedHashMap<>();
    private final Map<Page, Set<String>> fetchers = new HashMap<>();
    private final Map<Page, Integer> told = new HashMap<>();

    WorkBounded(Ledger ledger, Violations violations) {
        this.ledger = ledger;
        this.violations = violations;
    }

    @Override
    public void see(Event event) {
        switch (event) {
            case Event.Requested it -> {
                open.put(it.request(), it);
                judgeRequest(it);
            }
            case Event.Responded it -> {
                Event.Requested request = open.get(it.request());
                Page page = request == null ? null : ledger.plan().pages().get(request.url());
                if (page != null && it.told()) {
                    told.merge(page, 1, Integer::sum);
                }
                if (page != null && it.status() / 100 == 3) {
                    redirects.merge(page, 1, Integer::sum);
                }
            }
            case Event.RequestEnded it -> ended(it);
            case Event.Deferred it -> {
                for (Carried item : new HashSet<>(ledger.itemsOf(it.body()))) {
                    judgeCopy(it, item);
                }
            }
            default -> {}
        }
    }

    private void ended(Event.RequestEnded it) {
        Event.Requested request = open.remove(it.request());
        Page page = request == null ? null : ledger.plan().pages().get(request.url());
        if (request != null && page != null && !isCut(request, it)) {
            fetches.merge(page, 1, Integer::sum);
        }
    }

    /// What the invocation's end cut off spends no attempt.
    private boolean isCut(Event.Requested request, Event.RequestEnded end) {
        long timeout = ledger.plan().setting("FETCH_TIMEOUT_MS", 20_000) * 1_000_000L;
        return end.how().equals("its environment died")
                || (end.how().equals("cancelled") && end.at() - request.at() < timeout);
    }

    private void judgeRequest(Event.Requested it) {
        Page page = ledger.plan().pages().get(it.url());
        if (page == null) {
            return;
        }
        fetchers.computeIfAbsent(page, _ -> new HashSet<>()).add(it.invocation());
        Set<Key> keys = new HashSet<>();
        Invocation invocation = ledger.invocation(it.invocation());
        for (String id : invocation.receives.keySet()) {
            Message message = ledger.message(id);
            if (message != null) {
                message.items.forEach(item -> {
                    if (item.key().url().equals(page.url())) {
                        keys.add(item.key());
                    }
                });
            }
        }
        if (!keys.isEmpty() && keys.stream().allMatch(key -> wasKnownDone(invocation, key))) {
            violations.add("I4", it.url(), it.invocation() + " fetched it though it had read that it is done");
        }
    }

    /// Whether the invocation was told, by a record that stands above what its messages carry, that there is nothing
    /// left to do for the key.
    private boolean wasKnownDone(Invocation invocation, Key key) {
        Row row = invocation.read.get(key);
        if (row == null) {
            return false;
        }
        long requestedAt = Long.MIN_VALUE;
        long hop = 0;
        for (String id : invocation.receives.keySet()) {
            Message message = ledger.message(id);
            if (message == null) {
                continue;
            }
            for (Carried item : message.items) {
                if (item.key().equals(key)) {
                    hop = item.requestedAt() > requestedAt ? item.hop() : Math.max(hop, item.hop());
                    requestedAt = Math.max(requestedAt, item.requestedAt());
                }
            }
        }
        return row.isFinal() ? row.requestedAt() >= requestedAt : row.requestedAt() == requestedAt && row.hop() > hop;
    }

    private void judgeCopy(Event.Deferred it, Carried item) {
        Invocation invocation = ledger.invocation(it.invocation());
        if (wasKnownDone(invocation, item.key())) {
            violations.add("I4", item.key(), it.invocation() + " deferred it though it had read that it is done");
        }
        int copies = 0;
        for (String id : ledger.carriersOf(item.key())) {
            Message message = ledger.message(id);
            copies += message != null && message.isLive() && !ledger.isInHand(message) ? 1 : 0;
        }
        int allowed = Math.max(ledger.sendersOf(item.key()), 1) - 1 + ledger.excusesOf(item.key());
        if (copies > allowed) {
            violations.add(
                    "I4",
                    item.key(),
                    "%s sent a copy of it beside %d others, and accidents explain %d"
                            .formatted(it.invocation(), copies, allowed));
        }
    }

    @Override
    public void end() {
        fetches.forEach((page, count) -> {
            int items = 0;
            int excuses = 0;
            for (Key key : ledger.keysOf(page.url())) {
                excuses += ledger.excusesOf(key);
                items += ledger.sendersOf(key);
            }
            int turns = Math.max(items, 1) + excuses;
            int granted = Math.min(told.getOrDefault(page, 0), GRANTED_WAITS_MAX * turns);
            int allowed = granted + ledger.plan().attemptsMax() * turns;
            int walked = redirects.getOrDefault(page, 0);
            if (count - walked > allowed) {
                violations.add(
                        "I4",
                        page.url(),
                        "%d requests, where %d items, %d accidents and %d granted waits explain %d"
                                .formatted(count - walked, items, excuses, granted, allowed));
            }
            // An attempt that the invocation's end cuts off between two hops is begun again.
            int cut = fetchers.getOrDefault(page, Set.of()).size();
            if (walked > page.others().size() * (allowed + cut)) {
                violations.add(
                        "I4",
                        page.url(),
                        "%d redirects walked, where %d attempts are explained".formatted(walked, allowed + cut));
            }
        });
    }
}
