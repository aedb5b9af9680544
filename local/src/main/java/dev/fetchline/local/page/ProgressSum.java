package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.progress.KeySum;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rows of progress of a batch, added up.
final class ProgressSum {
    private static final int STEPS_MAX = 60;
    private static final int HOSTS_SHOWN = 10;
    private static final long RATE_SECONDS = 30;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, KeySum> finals = new HashMap<>();
    private final Map<String, HostTime> hosts = new HashMap<>();
    private final TreeMap<Long, Long> bySecond = new TreeMap<>();
    private final TreeSet<Instant> nextAttempts = new TreeSet<>();
    private final Set<String> recent = new HashSet<>();
    private long invocations;
    private long deferred;
    private long bytes;
    private long retries;

    boolean isEmpty() {
        return invocations == 0;
    }

    /// Keys that were made final, by part.
    Map<String, KeySum> finals() {
        return finals;
    }

    /// Where to ask for rows again, so that those which come late are seen; empty for all of them.
    String entryBefore(Duration late) {
        return bySecond.isEmpty() ? "" : "at#%013d".formatted(Math.max(0, bySecond.lastKey() * 1000 - late.toMillis()));
    }

    /// Adds a row, unless it was added before.
    ///
    /// @param late rows that are older than the latest by more than this are not asked for again
    void add(ProgressRow row, Duration late) {
        if (!recent.add(row.entry())) {
            return;
        }
        invocations++;
        row.counts().forEach((status, count) -> counts.merge(status, count, Long::sum));
        row.finals().forEach((part, sum) -> finals.merge(part, sum, KeySum::plus));
        row.hosts().forEach((host, time) -> hosts.merge(host, time, ProgressSum::plus));
        bySecond.merge(
                row.at().getEpochSecond(),
                row.counts().values().stream().mapToLong(Long::longValue).sum(),
                Long::sum);
        row.nextAttemptAt().ifPresent(nextAttempts::add);
        deferred += row.deferred();
        bytes += row.bytes();
        retries += row.retries();
        String oldest = entryBefore(late.plusSeconds(1));
        recent.removeIf(entry -> entry.compareTo(oldest) < 0);
    }

    private static HostTime plus(HostTime one, HostTime other) {
        return new HostTime(one.urls() + other.urls(), one.total().plus(other.total()));
    }

    private long done() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    void writeTo(JsonGenerator json, Instant now) throws IOException {
        json.writeObjectFieldStart("counts");
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("done", done());
        json.writeNumberField("invocations", invocations);
        json.writeNumberField("deferred", deferred);
        json.writeNumberField("bytes", bytes);
        json.writeNumberField("retries", retries);
        json.writeNumberField("perSecond", perSecond(now));
        nextAttempts.headSet(now).clear();
        if (!nextAttempts.isEmpty()) {
            json.writeStringField("nextAttemptAt", nextAttempts.first().toString());
        }
        writeSteps(json);
        writeHosts(json);
    }

    private double perSecond(Instant now) {
        long since = now.getEpochSecond() - RATE_SECONDS;
        long began = Math.max(since, bySecond.firstKey() - 1);
        long done = bySecond.tailMap(since, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return (double) done / Math.max(1, now.getEpochSecond() - began);
    }

    /// What was done in equal steps of time from the first row to the last.
    private void writeSteps(JsonGenerator json) throws IOException {
        long first = bySecond.firstKey();
        long seconds = (bySecond.lastKey() - first) / STEPS_MAX + 1;
        long[] steps = new long[(int) ((bySecond.lastKey() - first) / seconds) + 1];
        bySecond.forEach((second, done) -> steps[(int) ((second - first) / seconds)] += done);
        json.writeStringField("from", Instant.ofEpochSecond(first).toString());
        json.writeNumberField("stepSeconds", seconds);
        json.writeFieldName("steps");
        json.writeArray(steps, 0, steps.length);
    }

    private void writeHosts(JsonGenerator json) throws IOException {
        List<Map.Entry<String, HostTime>> slowest = hosts.entrySet().stream()
                .filter(host -> host.getValue().urls() > 0)
                .sorted(Comparator.comparing(
                        (Map.Entry<String, HostTime> host) -> meanMs(host.getValue()), Comparator.reverseOrder()))
                .limit(HOSTS_SHOWN)
                .toList();
        json.writeArrayFieldStart("slowest");
        for (Map.Entry<String, HostTime> host : slowest) {
            json.writeStartObject();
            json.writeStringField("host", host.getKey());
            json.writeNumberField("urls", host.getValue().urls());
            json.writeNumberField("meanMs", meanMs(host.getValue()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static long meanMs(HostTime time) {
        return time.total().toMillis() / time.urls();
    }
}
