package dev.fetchline.local.cli;

import dev.fetchline.local.chaos.Chaos;
import dev.fetchline.local.chaos.ChaosCheck;
import dev.fetchline.local.table.TableFaults;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What came of a chaos run: numbers on stdout, whatever is wrong on stderr.
///
/// @param deadLetters messages on the dead-letter queue
/// @param environmentsStarted processes of the function
record ChaosReport(
        int urls,
        ChaosCheck check,
        Chaos chaos,
        TableFaults table,
        long deadLetters,
        int environmentsStarted,
        Duration took) {
    void write(StandardStreams streams) {
        line(streams, "URLs in", urls, "");
        line(streams, "final records", check.finalRecords(), details(check.byStatus()));
        line(streams, "lost", check.lost(), "");
        line(streams, "wrong records", check.wrongCount(), "");
        line(
                streams,
                "on the dead-letter queue",
                deadLetters,
                check.onDeadLetterQueue() == 0
                        ? ""
                        : "messages; %,d URLs are there and have no record".formatted(check.onDeadLetterQueue()));
        line(
                streams,
                "fetched more than once",
                check.fetchedMoreThanOnce(),
                "after a whole answer; %,d requests in all".formatted(check.requests()));
        line(streams, "processes of the function", environmentsStarted, "");
        line(streams, "kills", sum(chaos.kills()), "");
        chaos.kills().forEach((point, count) -> line(streams, "  " + point, count, ""));
        Map<String, Long> others = otherFaults();
        line(streams, "other faults", sum(others), "");
        others.forEach((name, count) -> line(streams, "  " + name, count, ""));
        streams.out()
                .println("%-52s %9.1f s"
                        .formatted("time", took.toMillis() / 1000.0)
                        .stripTrailing());
        check.lostUrls().forEach(url -> streams.say("lost: " + url));
        check.wrong().forEach(sentence -> streams.say("wrong: " + sentence));
    }

    private Map<String, Long> otherFaults() {
        Map<String, Long> all = new TreeMap<>(chaos.otherFaults());
        table.dealt().forEach((kind, count) -> {
            if (count > 0) {
                all.put("table: " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), count);
            }
        });
        return all;
    }

    private static void line(StandardStreams streams, String name, long number, String details) {
        streams.out().println("%-52s %,9d  %s".formatted(name, number, details).stripTrailing());
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String details(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> "%s %,d".formatted(count.getKey(), count.getValue()))
                .collect(Collectors.joining(", "));
    }
}
