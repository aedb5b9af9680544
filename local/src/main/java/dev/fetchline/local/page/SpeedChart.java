package dev.fetchline.local.page;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.fetchline.local.batch.ProgressRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// How many URLs of a batch were done when, for a small chart.
final class SpeedChart {
    private static final int STEPS_MAX = 60;

    private final TreeMap<Long, Long> bySecond = new TreeMap<>();
    private final TreeSet<String> recent = new TreeSet<>();

    /// @param rows some of which may have been added before
    /// @param late rows that are older than the latest by more than this do not come again
    void add(List<ProgressRow> rows, Duration late) {
        for (ProgressRow row : rows) {
            if (recent.add(row.entry())) {
                long done = row.counts().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                bySecond.merge(row.at().getEpochSecond(), done, Long::sum);
            }
        }
        if (!bySecond.isEmpty()) {
            long oldest = 1_000 * bySecond.lastKey() - 2 * late.toMillis();
            recent.headSet("at#%013d".formatted(oldest)).clear();
        }
    }

    /// What was done in equal steps of time from the first row to the last; nothing without a row.
    void writeTo(JsonGenerator json) throws IOException {
        if (bySecond.isEmpty()) {
            return;
        }
        long first = bySecond.firstKey();
        long seconds = (bySecond.lastKey() - first) / STEPS_MAX + 1;
        long[] steps = new long[(int) ((bySecond.lastKey() - first) / seconds) + 1];
        bySecond.forEach((second, done) -> steps[(int) ((second - first) / seconds)] += done);
        json.writeStringField("from", Instant.ofEpochSecond(first).toString());
        json.writeNumberField("stepSeconds", seconds);
        json.writeFieldName("steps");
        json.writeArray(steps, 0, steps.length);
    }
}
