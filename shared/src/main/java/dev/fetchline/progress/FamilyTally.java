package dev.fetchline.progress;

import dev.fetchline.progress.ProgressRow.Counts;
import dev.fetchline.progress.ProgressRow.Host;
import dev.fetchline.progress.ProgressTally.Fetched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was done for one family.
final class FamilyTally {
    static final int HOSTS_MAX = 5;

    /// Names and sums of parts in a row, in bytes: with the rest (a family of 256 bytes, five hosts of 253, and
    /// numbers)
    /// a row stays below 8 KB. Some 150 parts fit; those with the fewest keys are left out.
    static final int PARTS_BYTES_MAX = 5_500;

    private final String family;
    private final Map<String, PartTally> parts = new LinkedHashMap<>();
    private final Map<String, HostTally> hosts = new HashMap<>();
    private long finals;
    private long deferred;
    private @Nullable Instant nextAttemptAt;
    private long bodyBytes;
    private long retries;

    FamilyTally(String family) {
        this.family = family;
    }

    PartTally part(String name) {
        return parts.computeIfAbsent(name, its -> new PartTally(this, its));
    }

    long items() {
        return finals + deferred;
    }

    void add(Fetched fetched) {
        finals++;
        bodyBytes += fetched.bodyBytes();
        retries += fetched.retries();
        if (fetched.host() != null) {
            hosts.computeIfAbsent(fetched.host(), HostTally::new).add(fetched.tookMs());
        }
    }

    void addDeferred(@Nullable Instant next) {
        deferred++;
        if (next != null && (nextAttemptAt == null || next.isBefore(nextAttemptAt))) {
            nextAttemptAt = next;
        }
    }

    ProgressRow row() {
        Counts counts = Counts.NONE;
        List<PartTally> largest = new ArrayList<>();
        for (PartTally part : parts.values()) {
            counts = counts.plus(part.total().counts());
            if (part.keys() > 0) {
                largest.add(part);
            }
        }
        largest.sort(Comparator.comparingLong(PartTally::keys).reversed());
        return new ProgressRow(
                family, counts, fitting(largest), deferred, nextAttemptAt, slowest(), bodyBytes, retries);
    }

    private static List<ProgressRow.Part> fitting(List<PartTally> largest) {
        List<ProgressRow.Part> fitting = new ArrayList<>();
        int bytesLeft = PARTS_BYTES_MAX;
        for (PartTally part : largest) {
            ProgressRow.Part total = part.total();
            // Twice by its name, with a byte for the type of each; all of it is ASCII.
            bytesLeft -= 2 * (total.name().length() + 1)
                    + total.finals().toString().length()
                    + total.counts().toString().length();
            if (bytesLeft < 0) {
                break;
            }
            fitting.add(total);
        }
        return fitting;
    }

    private List<Host> slowest() {
        List<HostTally> all = new ArrayList<>(hosts.values());
        // By name where they are equally slow, so that the same work gives the same row.
        all.sort(Comparator.comparingDouble(HostTally::mean).reversed().thenComparing(host -> host.name));
        List<Host> slowest = new ArrayList<>();
        for (HostTally host : all.subList(0, Math.min(HOSTS_MAX, all.size()))) {
            slowest.add(new Host(host.name, host.count, host.totalMs));
        }
        return slowest;
    }

    private static final class HostTally {
        private final String name;
        private long count;
        private long totalMs;

        private HostTally(String name) {
            this.name = name;
        }

        void add(long tookMs) {
            count++;
            totalMs += tookMs;
        }

        double mean() {
            return (double) totalMs / count;
        }
    }
}
