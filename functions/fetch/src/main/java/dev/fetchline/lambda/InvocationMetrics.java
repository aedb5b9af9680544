package dev.fetchline.lambda;

import dev.fetchline.pipeline.BatchVerdict;
import dev.fetchline.pipeline.BatchVerdict.QuarantineResult;
import dev.fetchline.pipeline.Settled;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.record.RecordStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The figures of one invocation.
///
/// @param counts by metric name
/// @param samplesMillis durations by metric name, at most [#SAMPLE_MAX] each
/// @param unfinishedReasons how many keys each reason left unfinished or deferred, the first few reasons
record InvocationMetrics(
        Map<String, Long> counts, Map<String, List<Long>> samplesMillis, Map<String, Long> unfinishedReasons) {
    /// Values that one metric may have in one line of the Embedded Metric Format (its specification).
    static final int SAMPLE_MAX = 100;

    private static final int REASONS_MAX = 5;

    static InvocationMetrics of(BatchVerdict verdict, Duration took) {
        Tally tally = new Tally();
        verdict.settled().forEach(tally::add);
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("Messages", (long) verdict.messages());
        counts.put("Urls", (long) verdict.settled().size());
        NAMES.forEach((status, name) -> counts.put(name, tally.byStatus.getOrDefault(status, 0L)));
        counts.put("ExpiredUntried", tally.expiredUntried);
        counts.put("RecordedBefore", tally.recordedBefore);
        counts.put("Deferred", tally.deferred);
        counts.put("RetryingNotWritten", tally.retryingNotWritten);
        counts.put("Unfinished", tally.unfinished);
        counts.put("Retries", tally.retries);
        counts.put("BodyBytes", tally.bodyBytes);
        counts.put("Duplicates", (long) verdict.duplicates());
        counts.put("DuplicatesWithOtherOptions", (long) verdict.duplicatesWithOtherOptions());
        counts.put(
                "Quarantined",
                verdict.quarantined().stream()
                        .filter(QuarantineResult::accepted)
                        .count());
        counts.put("ReportedBack", (long) verdict.reportedBack().size());
        Map<String, List<Long>> samples = new LinkedHashMap<>();
        samples.put("InvocationDuration", List.of(took.toMillis()));
        if (!tally.durations.values.isEmpty()) {
            samples.put("FetchDuration", tally.durations.values);
        }
        return new InvocationMetrics(counts, samples, tally.reasons);
    }

    private static final Map<RecordStatus, String> NAMES = new EnumMap<>(Map.of(
            RecordStatus.OK, "Ok",
            RecordStatus.HTTP_ERROR, "HttpError",
            RecordStatus.FAILED, "Failed",
            RecordStatus.REFUSED, "Refused",
            RecordStatus.INVALID, "Invalid"));

    private static final class Tally {
        private final Map<RecordStatus, Long> byStatus = new TreeMap<>();
        private final Map<String, Long> reasons = new LinkedHashMap<>();
        private final Sample durations = new Sample();
        private long expiredUntried;
        private long recordedBefore;
        private long deferred;
        private long retryingNotWritten;
        private long unfinished;
        private long retries;
        private long bodyBytes;

        void add(Settled one) {
            switch (one.ending()) {
                case Ending.Recorded recorded -> {
                    byStatus.merge(recorded.status(), 1L, Long::sum);
                    bodyBytes += recorded.bodyBytes();
                    expiredUntried += recorded.expiredUntried() ? 1 : 0;
                    if (recorded.triesNow() > 0) {
                        retries += recorded.tries() - 1;
                        durations.add(recorded.took().toMillis());
                    }
                }
                case Ending.RecordedBefore _ -> recordedBefore++;
                case Ending.Deferred(String reason, Boolean retrying) -> {
                    deferred++;
                    retryingNotWritten += Boolean.FALSE.equals(retrying) ? 1 : 0;
                    addReason(reason);
                }
                case Ending.Unfinished(String reason) -> {
                    unfinished++;
                    addReason(reason);
                }
            }
        }

        private void addReason(String whole) {
            // As shown: two that are alike up to there would be one field twice in the line.
            String reason = InvocationLog.cut(whole);
            if (reasons.containsKey(reason) || reasons.size() < REASONS_MAX) {
                reasons.merge(reason, 1L, Long::sum);
            }
        }
    }

    /// A uniform sample of a stream (Vitter's algorithm R).
    private static final class Sample {
        private final Random random = new Random();
        private final List<Long> values = new ArrayList<>();
        private int seen;

        void add(long value) {
            seen++;
            if (values.size() < SAMPLE_MAX) {
                values.add(value);
                return;
            }
            int place = random.nextInt(seen);
            if (place < SAMPLE_MAX) {
                values.set(place, value);
            }
        }
    }
}
