package dev.fetchline.local.cli;

import dev.fetchline.local.hostile.HostileCheck;
import dev.fetchline.local.hostile.HostileWeb;
import dev.fetchline.local.hostile.ProcessLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What came of `prove hostile`: kinds and counts on stdout, whatever is wrong on stderr.
final class HostileReport {
    private static final int NAMED_MAX = 50;

    private final Map<String, Long> byTheme = new LinkedHashMap<>();
    private final Map<String, Long> byKind = new TreeMap<>();
    private final Map<String, String> knownFaults = new TreeMap<>();
    private final Map<String, ProcessLog> processes = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long cases;
    private long survived;
    private long connectionsToDenied;
    private long goodBehindBad;
    private long deadLetters;

    /// A round over its cases.
    void add(HostileCheck check) {
        cases += check.cases().size();
        survived += check.survived();
        wrong.addAll(check.wrong());
        knownFaults.putAll(check.knownFaults());
        check.byKind().forEach((kind, count) -> byKind.merge(kind, count, Long::sum));
        check.cases().forEach(its -> byTheme.merge(its.theme(), 1L, Long::sum));
    }

    void add(HostileWeb web) {
        connectionsToDenied += web.connectionsToDenied();
        goodBehindBad += web.goodBehindBad();
    }

    void addDeadLetters(long messages) {
        deadLetters += messages;
    }

    /// @param memory of the function
    void add(String memory, ProcessLog log) {
        processes.put(memory, log);
    }

    boolean holds() {
        return wrong.isEmpty()
                && survived == cases
                && connectionsToDenied == 0
                && deadLetters == 0
                && processes.values().stream().allMatch(log -> log.deaths() == 0 && !log.outOfMemory());
    }

    void write(StandardStreams streams, Duration took) {
        line(streams, "cases", cases, "");
        byTheme.forEach((theme, count) -> line(streams, "  " + theme, count, ""));
        line(streams, "survived", survived, "records of the case, and of the honest page behind it");
        byKind.forEach((kind, count) -> line(streams, "  " + kind, count, ""));
        line(streams, "wrongly classified", wrong.size(), "");
        line(streams, "connections to denied addresses", connectionsToDenied, "");
        line(streams, "honest answers over a connection used before", goodBehindBad, "");
        line(streams, "messages on the dead-letter queue", deadLetters, "");
        processes.forEach((memory, log) -> {
            line(
                    streams,
                    "peak heap, function of " + memory,
                    log.peakMb(),
                    "MB; after a collection " + log.liveMb() + " MB, the process " + log.residentMb() + " MB");
            line(streams, "  processes that died", log.deaths(), log.outOfMemory() ? "a heap was too small" : "");
        });
        line(streams, "known faults, not counted as wrong", knownFaults.size(), "");
        knownFaults.forEach((name, why) -> streams.out().println("  " + name + ": " + why));
        streams.out().println("%-52s %9.1f s".formatted("time", took.toMillis() / 1000.0));
        wrong.stream().limit(NAMED_MAX).forEach(sentence -> streams.say("wrong: " + sentence));
        if (wrong.size() > NAMED_MAX) {
            streams.say("and %,d more.".formatted(wrong.size() - NAMED_MAX));
        }
    }

    private static void line(StandardStreams streams, String name, long number, String details) {
        streams.out().println("%-52s %,9d  %s".formatted(name, number, details).stripTrailing());
    }
}
