package dev.fetchline.progress;

import dev.fetchline.record.RecordStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What one invocation did for one family of batches. The rows of a family add up to its progress; whether they do so
/// exactly, [KeySum] says.
///
/// @param family as [BatchPart] has it
/// @param counts of the records that the invocation made final, by their status
/// @param parts those that it made records of final, the largest ones; of a part that is left out, the sums say so
/// @param deferred items that went back to the queue
/// @param nextAttemptAt the earliest of those among them that wait for another try; null where none does
/// @param hosts the slowest ones, slowest first
/// @param bodyBytes decoded
/// @param retries attempts beyond the first
public record ProgressRow(
        String family,
        Counts counts,
        List<Part> parts,
        long deferred,
        @Nullable Instant nextAttemptAt,
        List<Host> hosts,
        long bodyBytes,
        long retries) {
    /// The sort key of a row begins so; the moment and the invocation follow.
    public static final String ENTRY_PREFIX = "at#";

    /// As long as the longest-lived batch: the dead-letter queue keeps a message for so long.
    public static final Duration TIME_TO_LIVE = Duration.ofDays(14);

    private static final long TEN_TO_THE_13 = 10_000_000_000_000L;

    /// Final records by their status.
    public record Counts(long ok, long httpError, long failed, long refused, long invalid) {
        /// Of none.
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /// Those of both together.
        public Counts plus(Counts other) {
            return new Counts(
                    ok + other.ok,
                    httpError + other.httpError,
                    failed + other.failed,
                    refused + other.refused,
                    invalid + other.invalid);
        }

        private AttributeValue byStatus() {
            Map<String, AttributeValue> map = new LinkedHashMap<>();
            put(map, RecordStatus.OK, ok);
            put(map, RecordStatus.HTTP_ERROR, httpError);
            put(map, RecordStatus.FAILED, failed);
            put(map, RecordStatus.REFUSED, refused);
            put(map, RecordStatus.INVALID, invalid);
            return AttributeValue.fromM(map);
        }

        private static void put(Map<String, AttributeValue> map, RecordStatus status, long count) {
            if (count > 0) {
                map.put(status.name(), number(count));
            }
        }

        /// `ok:httpError:failed:refused:invalid`.
        @Override
        public String toString() {
            return ok + ":" + httpError + ":" + failed + ":" + refused + ":" + invalid;
        }
    }

    /// What was made final of one part.
    ///
    /// @param name as [BatchPart] has it
    public record Part(String name, KeySum finals, Counts counts) {}

    /// A host's last attempts at items that were made final.
    public record Host(String name, long count, long totalMs) {}

    public ProgressRow {
        parts = List.copyOf(parts);
        hosts = List.copyOf(hosts);
    }

    /// This row as an item of the table.
    ///
    /// @param now when the invocation ended
    /// @param invocation its id: with the moment it makes the key
    public Map<String, AttributeValue> item(Instant now, String invocation) {
        Map<String, AttributeValue> item = new LinkedHashMap<>();
        item.put("batchId", AttributeValue.fromS(family));
        // Thirteen digits, so that rows stand in the order of time.
        String moment = Long.toString(TEN_TO_THE_13 + now.toEpochMilli()).substring(1);
        item.put("entry", AttributeValue.fromS(ENTRY_PREFIX + moment + "#" + invocation));
        item.put("counts", counts.byStatus());
        putParts(item);
        item.put("deferred", number(deferred));
        if (nextAttemptAt != null) {
            item.put("nextAttemptAt", AttributeValue.fromS(nextAttemptAt.toString()));
        }
        Map<String, AttributeValue> slowest = new LinkedHashMap<>();
        hosts.forEach(host -> slowest.put(host.name(), AttributeValue.fromS(host.count() + ":" + host.totalMs())));
        item.put("hosts", AttributeValue.fromM(slowest));
        item.put("bytes", number(bodyBytes));
        item.put("retries", number(retries));
        item.put("expiresAt", number(now.plus(TIME_TO_LIVE).getEpochSecond()));
        return item;
    }

    /// Whoever reads one part from the results table, because its sums differ, takes it out of the counts first: so
    /// they stand here by part too, where there is more than one.
    private void putParts(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> finals = new LinkedHashMap<>();
        Map<String, AttributeValue> countsByPart = new LinkedHashMap<>();
        for (Part part : parts) {
            finals.put(part.name(), AttributeValue.fromS(part.finals().toString()));
            countsByPart.put(part.name(), AttributeValue.fromS(part.counts().toString()));
        }
        item.put("finals", AttributeValue.fromM(finals));
        if (parts.size() > 1) {
            item.put("countsByPart", AttributeValue.fromM(countsByPart));
        }
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
