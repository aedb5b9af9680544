package dev.fetchline.local.metrics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The figures as a person reads them.
public final class FiguresText {
    /// The dashboard's labels of what became of URLs.
    static final Map<Metric, String> STATUSES = statuses();

    private FiguresText() {}

    private static Map<Metric, String> statuses() {
        Map<Metric, String> labels = new LinkedHashMap<>();
        for (Metric metric : List.of(Metric.OK, Metric.HTTP_ERROR, Metric.FAILED, Metric.REFUSED, Metric.INVALID)) {
            labels.put(metric, metric.name());
        }
        labels.put(Metric.DEFERRED, "back to the queue");
        return labels;
    }

    /// The whole summary, a few lines.
    public static List<String> lines(MetricTotals totals, CostEstimate cost) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "URLs/s     %s", byStatus(totals)));
        lines.add("one fetch  " + percentiles(totals));
        lines.add(String.format(
                Locale.ROOT,
                "retries    %,d, deferrals %,d, refused %,d",
                totals.sum(Metric.RETRIES),
                totals.sum(Metric.DEFERRED),
                totals.sum(Metric.REFUSED)));
        lines.add(String.format(Locale.ROOT, "bytes      %,d decoded", totals.sum(Metric.BODY_BYTES)));
        lines.add(String.format(
                Locale.ROOT,
                "on AWS     about $%s: table $%s, Lambda $%s, queue $%s, logs $%s; and $%s for each hour of use",
                usd(cost.total()),
                usd(cost.writes() + cost.reads()),
                usd(cost.lambda()),
                usd(cost.queue()),
                usd(cost.logs()),
                usd(cost.metricsAnHour())));
        String look = List.of(
                        Metric.QUARANTINED,
                        Metric.REPORTED_BACK,
                        Metric.UNFINISHED,
                        Metric.EXPIRED_UNTRIED,
                        Metric.RETRYING_NOT_WRITTEN)
                .stream()
                .filter(metric -> totals.sum(metric) > 0)
                .map(metric -> String.format(Locale.ROOT, "%s %,d", metric.metricName(), totals.sum(metric)))
                .collect(Collectors.joining(", "));
        if (!look.isEmpty()) {
            lines.add("look at    " + look + " (docs/operations.md says what they mean)");
        }
        return lines;
    }

    /// The same in one line, without what it costs.
    public static String line(MetricTotals totals) {
        return String.format(
                Locale.ROOT,
                "URLs/s %s; one fetch %s; retries %,d",
                byStatus(totals),
                percentiles(totals),
                totals.sum(Metric.RETRIES));
    }

    private static String byStatus(MetricTotals totals) {
        String rates = STATUSES.entrySet().stream()
                .filter(status -> totals.sum(status.getKey()) > 0)
                .map(status -> {
                    long count = totals.sum(status.getKey());
                    return String.format(
                            Locale.ROOT, "%,.1f %s (%,d)", totals.perSecond(count), status.getValue(), count);
                })
                .collect(Collectors.joining(", "));
        return rates.isEmpty() ? "none" : rates;
    }

    private static String percentiles(MetricTotals totals) {
        return String.format(
                Locale.ROOT,
                "p50 %,d ms, p95 %,d ms, p99 %,d ms",
                totals.percentileMillis(Metric.FETCH_DURATION, 50),
                totals.percentileMillis(Metric.FETCH_DURATION, 95),
                totals.percentileMillis(Metric.FETCH_DURATION, 99));
    }

    /// Two digits that say something, however small; cents from a dollar on.
    static String usd(double amount) {
        if (amount == 0 || amount >= 1) {
            return String.format(Locale.ROOT, "%,.2f", amount);
        }
        int digits = Math.min(12, 1 - (int) Math.floor(Math.log10(amount)));
        return BigDecimal.valueOf(amount).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
