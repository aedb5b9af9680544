package dev.fetchline.local.watch;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.local.stack.QueueCounts;
import dev.fetchline.progress.KeySum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A batch in virtual time: its rows, its table and its queue, and what looking at them costs.
final class FakeBatch implements BatchSource {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final BatchParts parts;
    final Map<String, KeySum> keys = new HashMap<>();
    final Map<String, Map<String, String>> table = new HashMap<>();
    final List<ProgressRow> rows = new ArrayList<>();
    final List<String> read = new ArrayList<>();
    QueueCounts queue = new QueueCounts(1, 0, 0);
    long deadLetters;
    boolean hasHead = true;
    boolean isSent = true;
    double unitsARecord = 0.5;
    double unitsARow = 0.25;
    double units;
    long requests;
    double usd;
    Instant now = START;

    FakeBatch(int parts, int urlsAPart) {
        this.parts = new BatchParts("b", parts);
        for (String part : this.parts.names()) {
            KeySum sum = KeySum.NONE;
            for (int url = 0; url < urlsAPart; url++) {
                sum = sum.plus(key(part, url));
            }
            keys.put(part, sum);
            table.put(part, new TreeMap<>());
        }
    }

    static String key(String part, int url) {
        return "https://" + part + ".example/" + url;
    }

    /// An invocation that made these URLs of a part final, in the table and in a row.
    void finish(Duration at, String part, int from, int to, String status) {
        finish(at, part, from, to, status, true);
    }

    void finish(Duration at, String part, int from, int to, String status, boolean withRow) {
        KeySum sum = KeySum.NONE;
        for (int url = from; url < to; url++) {
            table.get(part).put(key(part, url), status);
            sum = sum.plus(key(part, url));
        }
        if (withRow) {
            row(at, Map.of(status, (long) (to - from)), Map.of(part, sum), 0, Optional.empty());
        }
    }

    void row(Duration at, Map<String, Long> counts, Map<String, KeySum> finals, long deferred, Optional<Instant> next) {
        Instant when = START.plus(at);
        rows.add(new ProgressRow(
                "at#%013d#%05d".formatted(when.toEpochMilli(), rows.size()),
                when,
                counts,
                finals,
                finals.size() == 1 ? Map.of(finals.keySet().iterator().next(), counts) : Map.of(),
                deferred,
                next,
                Map.of("slow.example", new HostTime(2, Duration.ofMillis(3000))),
                1000,
                1));
    }

    void retrying(String part, int url) {
        table.get(part).put(key(part, url), "RETRYING");
    }

    @Override
    public Optional<BatchHead> head() {
        if (!hasHead) {
            return Optional.empty();
        }
        long urls = keys.values().stream().mapToLong(KeySum::count).sum();
        return Optional.of(new BatchHead(
                "b",
                START,
                isSent,
                urls,
                isSent ? urls : 1,
                1,
                parts.count(),
                Map.copyOf(keys),
                Optional.empty(),
                START));
    }

    @Override
    public List<ProgressRow> rowsAfter(String entry) {
        List<ProgressRow> found = rows.stream()
                .filter(row -> !row.at().isAfter(now) && row.entry().compareTo(entry) > 0)
                .toList();
        units += Math.max(0.5, found.size() * unitsARow);
        return found;
    }

    @Override
    public QueueCounts queue() {
        requests++;
        return queue;
    }

    @Override
    public long deadLetters() {
        requests++;
        return deadLetters;
    }

    @Override
    public PartRead read(String part) {
        read.add(part);
        Map<String, Long> byStatus = new LinkedHashMap<>();
        KeySum finals = KeySum.NONE;
        long retrying = 0;
        for (Map.Entry<String, String> row : table.get(part).entrySet()) {
            if (row.getValue().equals("RETRYING")) {
                retrying++;
            } else {
                byStatus.merge(row.getValue(), 1L, Long::sum);
                finals = finals.plus(row.getKey());
            }
        }
        units += Math.max(0.5, table.get(part).size() * unitsARecord);
        return new PartRead(byStatus, finals, retrying, Optional.empty());
    }

    @Override
    public Spent spent() {
        return new Spent(units, requests, usd, usd == 0 ? 0 : 0.0000004);
    }

    BatchWatch watch(WatchPace pace) {
        return new BatchWatch(this, new BatchProgress(parts, head()), pace, now);
    }

    /// Looks once a second until the batch has ended or the time is over.
    Optional<BatchWatch.Ending> run(BatchWatch watch, Duration time) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            Optional<BatchWatch.Ending> ending = watch.look(now);
            if (ending.isPresent()) {
                return ending;
            }
            now = now.plusSeconds(1);
        }
        return Optional.empty();
    }
}
