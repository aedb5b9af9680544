package dev.fetchline.local.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The events of a history that concern one URL or message, for people to read.
final class Story {
    private static final int LINES_MAX = 200;

    private final History history;
    private final Plan plan;

    Story(History history, Plan plan) {
        this.history = history;
        this.plan = plan;
    }

    /// Hours, minutes, seconds and milliseconds since the world began.
    static String time(long nanos) {
        long millis = nanos / 1_000_000;
        return "%03d:%02d:%02d.%03d"
                .formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, millis % 1_000);
    }

    /// One line an event.
    ///
    /// @param subject of a [Violation]: a key, a URL, a message or an invocation
    List<String> of(String subject) {
        String url = subject.substring(subject.lastIndexOf(' ') + 1);
        Ledger ledger = new Ledger(plan);
        Set<String> messages = new HashSet<>(Set.of(subject));
        Set<String> invocations = new HashSet<>(Set.of(subject));
        Set<Integer> requests = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (Event event : history.events()) {
            ledger.see(event);
            if (concerns(event, url, ledger, messages, invocations, requests)) {
                lines.add(time(event.at()) + "  " + StoryLine.of(event, url));
            }
        }
        int left = lines.size() - LINES_MAX;
        if (left > 0) {
            List<String> shown = new ArrayList<>(lines.subList(0, LINES_MAX / 2));
            shown.add("… %d more …".formatted(left));
            shown.addAll(lines.subList(lines.size() - LINES_MAX / 2, lines.size()));
            return shown;
        }
        return lines;
    }

    private boolean concerns(
            Event event,
            String url,
            Ledger ledger,
            Set<String> messages,
            Set<String> invocations,
            Set<Integer> requests) {
        return switch (event) {
            case Event.Submitted it -> carries(it.message(), url, ledger, messages);
            case Event.Deferred it -> carries(it.message(), url, ledger, messages);
            case Event.Received it -> {
                if (messages.contains(it.message())) {
                    invocations.add(it.invocation());
                }
                yield messages.contains(it.message());
            }
            case Event.HandedOutTwice it -> messages.contains(it.message());
            case Event.Deleted it -> messages.contains(it.message());
            case Event.DeleteLost it -> messages.contains(it.message());
            case Event.Redriven it -> messages.contains(it.message());
            case Event.Quarantined it -> messages.contains(it.originalMessage());
            case Event.Wrote it -> it.key().url().equals(url);
            case Event.WriteFailed it -> it.key().url().equals(url);
            case Event.Read it -> invocations.contains(it.invocation());
            case Event.Requested it -> {
                Page page = plan.pages().get(it.url());
                boolean its =
                        it.url().equals(url) || (page != null && page.url().equals(url));
                if (its) {
                    requests.add(it.request());
                }
                yield its;
            }
            case Event.Responded it -> requests.contains(it.request());
            case Event.RequestEnded it -> requests.contains(it.request());
            case Event.Invoked it -> invocations.contains(it.invocation());
            case Event.Answered it -> invocations.contains(it.invocation());
            case Event.ResponseLost it -> invocations.contains(it.invocation());
            case Event.SendFailed it -> invocations.contains(it.invocation());
            case Event.Killed it -> invocations.contains(it.invocation());
            case Event.Frozen it -> invocations.contains(it.invocation());
            case Event.Resolved _, Event.Unresolved _ -> false;
        };
    }

    private static boolean carries(String message, String url, Ledger ledger, Set<String> messages) {
        Ledger.Message its = ledger.message(message);
        if (its != null && its.items.stream().anyMatch(item -> item.key().url().equals(url))) {
            messages.add(message);
        }
        return messages.contains(message);
    }
}
