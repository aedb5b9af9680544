package dev.fetchline.local.metrics;

import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.cost.Prices.Item;

/// What the same work would cost on AWS, by the formulas of the dashboard's cost estimate: a test evaluates those and
/// compares. Local durations stand for Lambda's, and no queue is asked in vain.
///
/// @param writes to the table, US dollars like all others
/// @param reads of the table
/// @param lambda invocations and their time
/// @param queue requests, ten messages to each
/// @param logs taken in
/// @param metricsAnHour for each hour in which the function runs at all
public record CostEstimate(
        double writes, double reads, double lambda, double queue, double logs, double metricsAnHour) {
    private static final double HOURS_A_MONTH = 730;

    /// What the dashboard takes from AWS's own metrics, by the names that it has for them there.
    ///
    /// @param written write units
    /// @param read read units
    /// @param durationMs of all invocations together
    /// @param memoryMb of the function
    /// @param sent messages to the queue
    /// @param logged bytes
    public record Usage(
            double written,
            double read,
            long durationMs,
            long invocations,
            int memoryMb,
            long sent,
            long received,
            long deleted,
            long empty,
            long logged) {
        /// What the function's lines tell of that. A message was sent once for each time that it left the
        /// queue; each deferred URL may have written its RETRYING record, of one unit, and each that was
        /// recorded before was read, for one.
        ///
        /// @param unitsARecord write units that a final record takes in the mean
        public static Usage of(MetricTotals totals, double unitsARecord, int memoryMb, long logBytes) {
            long received = totals.sum(Metric.MESSAGES);
            long deleted = received - totals.sum(Metric.REPORTED_BACK);
            return new Usage(
                    totals.recorded() * unitsARecord
                            + totals.sum(Metric.DEFERRED)
                            - totals.sum(Metric.RETRYING_NOT_WRITTEN),
                    totals.sum(Metric.RECORDED_BEFORE),
                    totals.sum(Metric.INVOCATION_DURATION),
                    totals.invocations(),
                    memoryMb,
                    deleted,
                    received,
                    deleted,
                    0,
                    logBytes);
        }
    }

    /// At these prices.
    public static CostEstimate of(Usage usage, Prices prices) {
        return new CostEstimate(
                usage.written * prices.usd(Item.WRITE_UNIT),
                usage.read * prices.usd(Item.READ_UNIT),
                usage.durationMs / 1000.0 * usage.memoryMb / 1024 * prices.usd(Item.LAMBDA_GB_SECOND)
                        + usage.invocations * prices.usd(Item.LAMBDA_REQUEST),
                ((usage.sent + usage.received + usage.deleted) / 10.0 + usage.empty) * prices.usd(Item.SQS_REQUEST),
                usage.logged / 1_000_000_000.0 * prices.usd(Item.LOGS_GB),
                Metric.values().length * prices.usd(Item.METRIC_MONTH) / HOURS_A_MONTH);
    }

    /// Of the work itself, without what the hour costs.
    public double total() {
        return writes + reads + lambda + queue + logs;
    }
}
