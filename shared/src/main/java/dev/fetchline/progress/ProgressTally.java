package dev.fetchline.progress;

import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what an invocation did, item by item. Not for several threads.
public final class ProgressTally {
    /// Rows that an invocation writes at most: those of the families with the most items.
    public static final int ROWS_MAX = 8;

    private final Map<String, PartTally> partByBatchId = new HashMap<>();
    private final Map<String, FamilyTally> families = new LinkedHashMap<>();

    /// How an item came to its final record.
    ///
    /// @param host that was asked first; null where nothing was fetched now
    /// @param tookMs the last attempt, in milliseconds
    /// @param bodyBytes decoded
    /// @param retries attempts beyond the first
    public record Fetched(@Nullable String host, long tookMs, long bodyBytes, int retries) {
        /// Of an item that nothing was fetched for.
        public static final Fetched NOTHING = new Fetched(null, 0, 0, 0);
    }

    /// Counts an item whose record was made final.
    public void addFinal(RecordKey key, RecordStatus status, Fetched fetched) {
        PartTally part = part(key.batchId());
        part.add(key.url(), status);
        part.family().add(fetched);
    }

    /// Counts an item that went back to the queue.
    ///
    /// @param nextAttemptAt when it may be tried again; null where only its turn did not come
    public void addDeferred(String batchId, @Nullable Instant nextAttemptAt) {
        part(batchId).family().addDeferred(nextAttemptAt);
    }

    /// One row a family, those with the most items first, [#ROWS_MAX] at most.
    public List<ProgressRow> rows() {
        List<FamilyTally> largest = new ArrayList<>(families.values());
        largest.sort(Comparator.comparingLong(FamilyTally::items).reversed());
        List<ProgressRow> rows = new ArrayList<>();
        for (FamilyTally family : largest.subList(0, Math.min(ROWS_MAX, largest.size()))) {
            rows.add(family.row());
        }
        return rows;
    }

    private PartTally part(String batchId) {
        PartTally known = partByBatchId.get(batchId);
        if (known != null) {
            return known;
        }
        BatchPart part = BatchPart.of(batchId);
        PartTally added =
                families.computeIfAbsent(part.family(), FamilyTally::new).part(part.name());
        partByBatchId.put(batchId, added);
        return added;
    }
}
