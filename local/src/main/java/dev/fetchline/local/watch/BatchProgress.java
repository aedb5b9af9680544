package dev.fetchline.local.watch;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.ProgressRow;
import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.progress.KeySum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is known of a batch: its head, the rows of progress that were seen, and the parts that were read
/// from the results table. Nothing here waits or calls; one thread uses it.
///
/// Rows may be missing (they are best effort) and may count a key twice (two deliveries at once, or a URL
/// that was sent again). So a part is known exactly when the count and sum of its keys are those of the
/// head; any other one is read.
public final class BatchProgress {
    /// The rate is that of the last two minutes: an invocation tells what it did at its end, and may take
    /// that long.
    private static final Duration RATE_WINDOW = Duration.ofMinutes(2);

    /// Of many hosts the slow ones come again and again.
    private static final int HOSTS_MAX = 2_000;

    private BatchParts parts;
    private Optional<BatchHead> head;
    private final TreeSet<String> seen = new TreeSet<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, KeySum> finals = new HashMap<>();
    private final Map<String, Map<String, Long>> countsByPart = new HashMap<>();
    private final Map<String, PartRead> reads = new HashMap<>();
    private final Map<String, HostTime> hosts = new HashMap<>();
    private final TreeSet<Instant> nextAttempts = new TreeSet<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private Optional<Instant> startedAt;
    private long deferred;
    private long bytes;
    private long retries;

    private record Step(Instant at, long count) {}

    /// A batch of which nothing is known but this.
    public BatchProgress(BatchParts parts, Optional<BatchHead> head) {
        this.parts = parts;
        this.head = head;
        this.startedAt = head.map(BatchHead::submittedAt);
    }

    /// A head that was read again.
    public void see(BatchHead now) {
        head = Optional.of(now);
        parts = now.split();
        startedAt = Optional.of(now.submittedAt());
    }

    /// Rows, some of which may have been seen before.
    ///
    /// @return how many were new
    public int see(Collection<ProgressRow> rows) {
        int fresh = 0;
        for (ProgressRow row : rows) {
            if (seen.add(row.entry())) {
                fresh++;
                add(row);
            }
        }
        return fresh;
    }

    private void add(ProgressRow row) {
        addAll(counts, row.counts());
        row.finals().forEach((part, sum) -> {
            finals.merge(part, sum, KeySum::plus);
            // What was read is older than what this row tells of.
            reads.remove(part);
        });
        row.countsByPart()
                .forEach((part, its) -> addAll(countsByPart.computeIfAbsent(part, _ -> new TreeMap<>()), its));
        row.hosts().forEach(this::add);
        row.nextAttemptAt().ifPresent(nextAttempts::add);
        deferred += row.deferred();
        bytes += row.bytes();
        retries += row.retries();
        addStep(row.at(), countOf(row.counts()));
    }

    private static void addAll(Map<String, Long> to, Map<String, Long> more) {
        more.forEach((status, count) -> to.merge(status, count, Long::sum));
    }

    private void add(String host, HostTime time) {
        if (hosts.size() < HOSTS_MAX || hosts.containsKey(host)) {
            hosts.merge(
                    host,
                    time,
                    (one, other) ->
                            new HostTime(one.urls() + other.urls(), one.total().plus(other.total())));
        }
    }

    private void addStep(Instant at, long count) {
        if (startedAt.isEmpty() || (head.isEmpty() && at.isBefore(startedAt.get()))) {
            startedAt = Optional.of(at);
        }
        steps.add(new Step(at, count));
    }

    /// A part as the results table has it.
    public void see(String part, PartRead read, Instant now) {
        PartRead before = reads.put(part, read);
        if (before != null && seen.isEmpty()) {
            addStep(now, Math.max(0, read.finals().count() - before.finals().count()));
        }
    }

    /// Where to ask for rows from: some time before the last one that was seen, for rows may appear late.
    public String rowsAfter(Duration overlap) {
        if (seen.isEmpty()) {
            return "";
        }
        String after = "at#%013d".formatted(atOf(seen.last()) - overlap.toMillis());
        // Nothing older is handed out again.
        seen.headSet("at#%013d".formatted(atOf(seen.last()) - 2 * overlap.toMillis()))
                .clear();
        return after;
    }

    private static long atOf(String entry) {
        return Long.parseLong(entry.substring(3, 16));
    }

    /// Whether a row was ever seen.
    public boolean hasRows() {
        return !seen.isEmpty();
    }

    public Optional<BatchHead> head() {
        return head;
    }

    public BatchParts parts() {
        return parts;
    }

    /// How many URLs there are in all; empty where nobody said so.
    public OptionalLong total() {
        return head.map(its -> OptionalLong.of(its.urls())).orElseGet(OptionalLong::empty);
    }

    /// URLs with a final record, as far as is known: never more of a part than it has.
    public long done() {
        return parts.names().stream()
                .mapToLong(part -> head.isEmpty()
                        ? known(part).count()
                        : Math.min(known(part).count(), expected(part).count()))
                .sum();
    }

    private KeySum known(String part) {
        PartRead read = reads.get(part);
        return read == null ? finals.getOrDefault(part, KeySum.NONE) : read.finals();
    }

    private KeySum expected(String part) {
        return head.map(its -> its.keys().getOrDefault(part, KeySum.NONE)).orElse(KeySum.NONE);
    }

    /// The parts that are not known to be finished.
    public List<String> open() {
        return parts.names().stream().filter(part -> !isFinished(part)).toList();
    }

    private boolean isFinished(String part) {
        PartRead read = reads.get(part);
        if (head.isEmpty()) {
            return read != null && read.retrying() == 0;
        }
        if (known(part).equals(expected(part))) {
            return true;
        }
        // There may be more in it than was submitted: the same id was used by other means, too.
        return read != null
                && read.retrying() == 0
                && read.finals().count() >= expected(part).count();
    }

    /// Whether the results table was asked for a part since a row told of it.
    public boolean wasRead(String part) {
        return reads.containsKey(part);
    }

    /// Whether every URL is known to have its final record.
    public boolean isFinished() {
        return head.map(BatchHead::isSent).orElse(true) && open().isEmpty();
    }

    /// Whether rows tell of as many records as there are URLs, some of them perhaps twice.
    public boolean isAllCounted() {
        return head.isPresent() && countOf(counts) >= head.get().urls();
    }

    /// Whether [#byStatus] counts each key once: each part was read, or its rows fit the head.
    public boolean isByStatusExact() {
        return parts.names().stream().allMatch(this::isSplit) || (reads.isEmpty() && allRowsFit());
    }

    /// Whether it is known of a part alone how many records of each status it has.
    private boolean isSplit(String part) {
        return reads.containsKey(part)
                || (fits(part)
                        && countOf(countsByPart.getOrDefault(part, Map.of()))
                                == known(part).count());
    }

    private boolean allRowsFit() {
        return parts.names().stream().allMatch(this::fits);
    }

    private boolean fits(String part) {
        return head.isPresent() && known(part).equals(expected(part));
    }

    private static long countOf(Map<String, Long> byStatus) {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    private boolean isEveryPartRead() {
        return parts.names().stream().allMatch(reads::containsKey);
    }

    /// Final records by status: of each part as the table has it, or as the rows that fit it; before all
    /// parts are known that way, as invocations told.
    public Map<String, Long> byStatus() {
        if (!parts.names().stream().allMatch(this::isSplit)) {
            return counts;
        }
        Map<String, Long> byStatus = new TreeMap<>();
        for (String part : parts.names()) {
            PartRead read = reads.get(part);
            addAll(byStatus, read == null ? countsByPart.getOrDefault(part, Map.of()) : read.byStatus());
        }
        return byStatus;
    }

    private Stream<PartRead> readParts() {
        return parts.names().stream().flatMap(part -> Stream.ofNullable(reads.get(part)));
    }

    /// Records that wait for another try; known of parts that were read.
    public OptionalLong retrying() {
        return isEveryPartRead()
                ? OptionalLong.of(readParts().mapToLong(PartRead::retrying).sum())
                : OptionalLong.empty();
    }

    /// URLs without a final record, as far as is known.
    public long missing() {
        return head.isEmpty()
                ? readParts().mapToLong(PartRead::retrying).sum()
                : head.get().urls() - done();
    }

    /// How often URLs were put back on the queue.
    public long deferred() {
        return deferred;
    }

    /// When the next of the URLs that wait is tried.
    public Optional<Instant> nextAttemptAt(Instant now) {
        nextAttempts.headSet(now).clear();
        return Stream.concat(nextAttempts.stream().limit(1), readParts().flatMap(part -> part.nextAttemptAt().stream()))
                .filter(next -> !next.isBefore(now))
                .min(Instant::compareTo);
    }

    /// Decoded bytes of bodies that rows told of.
    public long bytes() {
        return bytes;
    }

    /// Attempts beyond each URL's first that rows told of.
    public long retries() {
        return retries;
    }

    /// Final records a second over the last two minutes; empty before there is something to tell it by.
    public OptionalDouble rate(Instant now) {
        Instant from = now.minus(RATE_WINDOW);
        while (!steps.isEmpty() && steps.peek().at().isBefore(from.minus(RATE_WINDOW))) {
            steps.remove();
        }
        if (startedAt.isEmpty()) {
            return OptionalDouble.empty();
        }
        Instant start = startedAt.get().isAfter(from) ? startedAt.get() : from;
        double seconds = Duration.between(start, now).toMillis() / 1000.0;
        long count = steps.stream()
                .filter(step -> !step.at().isBefore(start))
                .mapToLong(Step::count)
                .sum();
        return seconds < 1 || count == 0 ? OptionalDouble.empty() : OptionalDouble.of(count / seconds);
    }

    /// How long the rest takes at the present rate.
    public Optional<Duration> timeLeft(Instant now) {
        OptionalDouble rate = rate(now);
        // One row may be a whole invocation's work since the start, and says nothing of a rate.
        if (head.isEmpty() || rate.isEmpty() || steps.size() < 2) {
            return Optional.empty();
        }
        long left = head.get().urls() - done();
        return left <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.round(left / rate.getAsDouble())));
    }

    /// The hosts with the longest mean time, of those that invocations named.
    public List<Map.Entry<String, HostTime>> slowestHosts(int count) {
        return hosts.entrySet().stream()
                .sorted((one, other) -> Double.compare(meanMs(other.getValue()), meanMs(one.getValue())))
                .limit(count)
                .toList();
    }

    /// The mean of a host's fetches in milliseconds.
    public static double meanMs(HostTime time) {
        return time.urls() == 0 ? 0 : (double) time.total().toMillis() / time.urls();
    }
}
