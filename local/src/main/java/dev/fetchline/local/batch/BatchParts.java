package dev.fetchline.local.batch;

import dev.fetchline.progress.KeySum;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How a large batch is split: one batchId is one partition of the table, which takes about 1,000 KB of records a
/// second
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html>). So its URLs go to
/// parts by their host, and every tool reads the parts as one batch.
///
/// @param batchId of the whole
/// @param count of parts; 0 for a batch that is one partition under its own name
public record BatchParts(String batchId, int count) {
    /// URLs in a batch that is not split.
    public static final long WHOLE_MAX = 10_000;

    /// Parts at most: their sums have to fit into the batch's head.
    public static final int COUNT_MAX = 1_000;

    /// What a batch that is not split calls itself where parts are named.
    public static final String WHOLE = "-";

    /// Hosts differ in size: with half as many a part on average, few parts grow beyond what a whole batch may have.
    private static final long URLS_A_PART = 5_000;

    /// The parts of a batch of this many URLs.
    public static BatchParts of(String batchId, long urls) {
        return new BatchParts(
                batchId, urls <= WHOLE_MAX ? 0 : (int) Math.min(COUNT_MAX, (urls + URLS_A_PART - 1) / URLS_A_PART));
    }

    /// The name of the part that a host's URLs go to, within the batch: `-` when there is only one.
    ///
    /// @param host as [dev.fetchline.guard.FetchUrl] gives it
    public String partOf(String host) {
        return count == 0
                ? WHOLE
                : name((int) Long.remainderUnsigned(KeySum.hash(host.toLowerCase(Locale.ROOT)), count));
    }

    /// The batchId of a part, as in messages and records.
    public String partitionOf(String part) {
        return part.equals(WHOLE) ? batchId : batchId + "/" + part;
    }

    /// The names of all parts, within the batch.
    public List<String> names() {
        return count == 0
                ? List.of(WHOLE)
                : IntStream.range(0, count).mapToObj(this::name).toList();
    }

    /// The batchIds of all parts.
    public List<String> partitions() {
        return names().stream().map(this::partitionOf).toList();
    }

    /// With as many digits as the last one needs: names sort as their numbers do.
    private String name(int index) {
        return ("%0" + Math.max(2, Integer.toString(count - 1).length()) + "d").formatted(index);
    }
}
