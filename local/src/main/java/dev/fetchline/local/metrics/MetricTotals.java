package dev.fetchline.local.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// What the lines of some invocations amount to, by the statistics of the dashboard: the sum of each count, and
/// percentiles of the durations over all values of all lines. Takes the same memory for any number of lines. Its
/// methods may be called from several threads.
public final class MetricTotals {
    /// Percentiles are exact to a thousandth.
    private static final int DIGITS = 3;

    private final Map<Metric, Long> sums = new EnumMap<>(Metric.class);
    private final Map<Metric, Histogram> durations = new EnumMap<>(Metric.class);
    private long invocations;
    private Instant start = Instant.MAX;
    private Instant end = Instant.MIN;

    synchronized void add(MetricLine line) {
        invocations++;
        line.values().forEach(this::add);
        Instant began = line.at().minusMillis(line.sum(Metric.INVOCATION_DURATION));
        start = began.isBefore(start) ? began : start;
        end = line.at().isAfter(end) ? line.at() : end;
    }

    private void add(Metric metric, List<Long> values) {
        for (long value : values) {
            sums.merge(metric, value, Long::sum);
            if (metric.unit() == Metric.Unit.MILLISECONDS) {
                durations.computeIfAbsent(metric, _ -> new Histogram(DIGITS)).recordValue(Math.max(0, value));
            }
        }
    }

    /// Invocations that ended and said so.
    public synchronized long invocations() {
        return invocations;
    }

    /// CloudWatch's statistic Sum over all lines.
    public synchronized long sum(Metric metric) {
        return sums.getOrDefault(metric, 0L);
    }

    /// CloudWatch's statistic pNN over all values of all lines; 0 when there is none.
    ///
    /// @param percent above 0, to 100
    /// @throws IllegalArgumentException if the metric is no duration
    public synchronized long percentileMillis(Metric metric, double percent) {
        if (metric.unit() != Metric.Unit.MILLISECONDS) {
            throw new IllegalArgumentException(metric + " is no duration");
        }
        Histogram histogram = durations.get(metric);
        return histogram == null ? 0 : histogram.getValueAtPercentile(percent);
    }

    /// URLs that got a final record.
    public long recorded() {
        return sum(Metric.OK) + sum(Metric.HTTP_ERROR) + sum(Metric.FAILED) + sum(Metric.REFUSED) + sum(Metric.INVALID);
    }

    /// From the start of the first invocation to the end of the last; zero when there was none.
    public synchronized Duration span() {
        return invocations == 0 ? Duration.ZERO : Duration.between(start, end);
    }

    /// So many in [#span()] by the second; 0 when there was no time.
    public double perSecond(long count) {
        Duration span = span();
        return span.isZero() ? 0 : count * 1000.0 / span.toMillis();
    }
}
