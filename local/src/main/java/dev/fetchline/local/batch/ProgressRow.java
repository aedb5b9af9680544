package dev.fetchline.local.batch;

import dev.fetchline.progress.KeySum;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What one invocation of the function did for a batch, as it wrote it into the batches table.
///
/// @param entry sort key: rows of a batch sort by their time
/// @param at when the invocation ended
/// @param counts records that it made final, by status
/// @param finals the keys of these records, by part
/// @param countsByPart the same by part and status; parts that the row has no room for are not in it
/// @param deferred URLs that it put back on the queue
/// @param nextAttemptAt when the first of them is tried again
/// @param hosts the slowest ones
/// @param bytes of decoded bodies
/// @param retries attempts beyond each URL's first
public record ProgressRow(
        String entry,
        Instant at,
        Map<String, Long> counts,
        Map<String, KeySum> finals,
        Map<String, Map<String, Long>> countsByPart,
        long deferred,
        Optional<Instant> nextAttemptAt,
        Map<String, HostTime> hosts,
        long bytes,
        long retries) {
    /// How rows of progress begin their sort key; 13 digits of epoch milliseconds follow.
    static final String PREFIX = "at#";

    /// The order in which `countsByPart` has the counts of a part.
    private static final List<String> STATUSES = List.of("OK", "HTTP_ERROR", "FAILED", "REFUSED", "INVALID");

    /// Time spent on one host's URLs.
    ///
    /// @param urls of the host
    /// @param total of their fetches
    public record HostTime(long urls, Duration total) {}

    static ProgressRow of(Map<String, AttributeValue> item) {
        FetchRecord row = new FetchRecord(item);
        String entry = String.valueOf(row.text("entry"));
        Map<String, Long> counts = new LinkedHashMap<>();
        map(item, "counts").forEach((status, count) -> counts.put(status, Long.valueOf(count.n())));
        Map<String, KeySum> finals = new LinkedHashMap<>();
        map(item, "finals").forEach((part, sum) -> finals.put(part, KeySum.parse(sum.s())));
        Map<String, HostTime> hosts = new LinkedHashMap<>();
        map(item, "hosts").forEach((host, time) -> hosts.put(host, hostTime(time.s())));
        return new ProgressRow(
                entry,
                Instant.ofEpochMilli(Long.parseLong(entry.substring(PREFIX.length(), PREFIX.length() + 13))),
                counts,
                finals,
                countsByPart(item, counts, finals),
                count(row, "deferred"),
                Optional.ofNullable(row.nextAttemptAt()),
                hosts,
                count(row, "bytes"),
                count(row, "retries"));
    }

    /// Of one part alone the row has no more to say than its counts.
    private static Map<String, Map<String, Long>> countsByPart(
            Map<String, AttributeValue> item, Map<String, Long> counts, Map<String, KeySum> finals) {
        if (finals.size() == 1) {
            return Map.of(finals.keySet().iterator().next(), counts);
        }
        Map<String, Map<String, Long>> byPart = new LinkedHashMap<>();
        map(item, "countsByPart").forEach((part, text) -> byPart.put(part, statusCounts(text.s())));
        return byPart;
    }

    private static Map<String, Long> statusCounts(String text) {
        String[] numbers = text.split(":", -1);
        Map<String, Long> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(numbers.length, STATUSES.size()); i++) {
            long count = Long.parseLong(numbers[i]);
            if (count > 0) {
                byStatus.put(STATUSES.get(i), count);
            }
        }
        return byStatus;
    }

    private static HostTime hostTime(String text) {
        int colon = text.indexOf(':');
        return new HostTime(
                Long.parseLong(text.substring(0, colon)), Duration.ofMillis(Long.parseLong(text.substring(colon + 1))));
    }

    private static Map<String, AttributeValue> map(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || !value.hasM() ? Map.of() : value.m();
    }

    private static long count(FetchRecord row, String name) {
        Long value = row.number(name);
        return value == null ? 0 : value;
    }
}
