package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a run amounts to, computed from its records alone.
///
/// @param byStatus records by their status, in alphabetical order
/// @param span from the start of the first fetch to the end of the last
/// @param durationsMs of every fetch, ascending
/// @param attempts of all fetches together
/// @param bodyBytes decoded, of all bodies together
record Summary(Map<String, Long> byStatus, Duration span, List<Long> durationsMs, long attempts, long bodyBytes) {
    Summary {
        byStatus = new TreeMap<>(byStatus);
        durationsMs = durationsMs.stream().sorted().toList();
    }

    static Summary of(List<FetchRecord> records) {
        return new Summary(
                records.stream().collect(Collectors.groupingBy(FetchRecord::status, Collectors.counting())),
                spanOf(records),
                numbers(records, "durationMs"),
                sum(records, "attempts"),
                sum(records, "bodyBytes"));
    }

    /// From the earliest start to the latest end of these fetches; zero when none of them was made.
    static Duration spanOf(List<FetchRecord> records) {
        Instant start = Instant.MAX;
        Instant end = Instant.MIN;
        for (FetchRecord fetched : records) {
            Instant ended = fetched.fetchedAt();
            Long tookMs = fetched.number("durationMs");
            if (ended == null || tookMs == null) {
                continue;
            }
            Instant started = ended.minusMillis(tookMs);
            start = started.isBefore(start) ? started : start;
            end = ended.isAfter(end) ? ended : end;
        }
        return end.isBefore(start) ? Duration.ZERO : Duration.between(start, end);
    }

    /// The duration that `percent` of the fetches did not exceed (nearest rank); zero when there was none.
    long percentileMs(int percent) {
        if (durationsMs.isEmpty()) {
            return 0;
        }
        int rank = Math.ceilDiv(percent * durationsMs.size(), 100);
        return durationsMs.get(Math.max(rank, 1) - 1);
    }

    long count() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("records    " + count() + counts());
        lines.add(String.format(
                Locale.ROOT,
                "time       %.1f s from the first fetch's start to the last one's end, %.1f URLs/s",
                span.toMillis() / 1000.0,
                span.isZero() ? 0.0 : durationsMs.size() * 1000.0 / span.toMillis()));
        lines.add(String.format(
                Locale.ROOT,
                "durations  p50 %,d ms, p95 %,d ms, max %,d ms",
                percentileMs(50),
                percentileMs(95),
                percentileMs(100)));
        lines.add(String.format(Locale.ROOT, "attempts   %,d", attempts));
        lines.add(String.format(Locale.ROOT, "bytes      %,d decoded", bodyBytes));
        return lines;
    }

    /// Such as ` (2 FAILED, 1 REFUSED)`; empty when there are none.
    static String countsOf(List<FetchRecord> records) {
        return of(records).counts();
    }

    private String counts() {
        return byStatus.isEmpty()
                ? ""
                : byStatus.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static List<Long> numbers(List<FetchRecord> records, String name) {
        return records.stream()
                .flatMap(fetched -> Stream.ofNullable(fetched.number(name)))
                .toList();
    }

    private static long sum(List<FetchRecord> records, String name) {
        return numbers(records, name).stream().mapToLong(Long::longValue).sum();
    }
}
