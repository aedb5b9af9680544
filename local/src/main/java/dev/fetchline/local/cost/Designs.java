package dev.fetchline.local.cost;

import dev.fetchline.local.cost.Design.Part;
import dev.fetchline.local.cost.Prices.Item;
import java.util.Map;

/// The three ways of fetching a month's URLs that are compared; docs/cost.md has the formulas.
record Designs(Prices prices, Load load, Setting setting) {
    /// A log line an invocation with the metrics in it, and Lambda's own three.
    static final int LOG_BYTES_BATCH = 2_500;

    /// Lambda's own three lines.
    static final int LOG_BYTES_SINGLE = 400;

    /// A JVM with one URL to fetch.
    static final int SINGLE_MEMORY_MB = 512;

    /// What a `PutItem` costs more than its share of a `BatchWriteItem` of 25 (measured: 237 and 48 microseconds).
    static final double SINGLE_PUT_MICROS = 189;

    /// The `PutItem` that one URL's record waits for.
    static final double SINGLE_TAIL_MS = 10;

    /// Environments that an account has unless it asks for more.
    static final long ENVIRONMENTS_MAX = 1_000;

    static final double WORKER_VCPUS = 0.25;
    static final double WORKER_GB = 0.5;
    static final double HOURS_A_MONTH = 730;

    private static final double GIGA = 1e9;

    /// Batches of messages in one invocation: Fetchline.
    Design batch() {
        Invocation invocation = Invocation.of(load, setting);
        long invocations = invocation.count(load);
        double requests = QueueRequests.ofMessages(load) + QueueRequests.ofDeferrals(load, invocation);
        return new Design(
                Map.of(
                        Part.LAMBDA_REQUESTS, invocations * prices.usd(Item.LAMBDA_REQUEST),
                        Part.LAMBDA_TIME, lambdaTime(invocations, invocation.billedMs(), setting),
                        Part.QUEUE, requests * prices.usd(Item.SQS_REQUEST),
                        Part.LOGS, invocations * LOG_BYTES_BATCH / GIGA * prices.usd(Item.LOGS_GB),
                        Part.TABLE, records() + retryingRecords()),
                Math.ceilDiv(invocations, (long) setting.concurrency()) * invocation.billedMs() / 1_000.0,
                (long) setting.perHost() * setting.concurrency());
    }

    /// One URL to a message and to an invocation, which waits for the answer alone.
    Design single() {
        Load alone = load.packedBy(1);
        Setting small = setting.withMemory(SINGLE_MEMORY_MB);
        double cpuMs = (load.cpuMicros() + SINGLE_PUT_MICROS) / 1_000 / small.vcpus();
        long billedMs = (long) Math.ceil(load.answers().meanMs() + cpuMs + SINGLE_TAIL_MS);
        long invocations = (long) Math.ceil(load.worked());
        long environments = Math.min(ENVIRONMENTS_MAX, (long) setting.concurrency() * setting.inFlight());
        return new Design(
                Map.of(
                        Part.LAMBDA_REQUESTS, invocations * prices.usd(Item.LAMBDA_REQUEST),
                        Part.LAMBDA_TIME, lambdaTime(invocations, billedMs, small),
                        Part.QUEUE, QueueRequests.ofMessages(alone) * prices.usd(Item.SQS_REQUEST),
                        Part.LOGS, invocations * LOG_BYTES_SINGLE / GIGA * prices.usd(Item.LOGS_GB),
                        Part.TABLE, records()),
                Math.ceilDiv(invocations, environments) * billedMs / 1_000.0,
                environments);
    }

    /// A container that polls the queue all month, or as many as it takes.
    Design worker() {
        double byCpu = WORKER_VCPUS * 1e6 / load.cpuMicros();
        double byWaiting =
                setting.requestsAtOnce(load.hosts()) * 1_000 / load.answers().meanMs();
        double busySeconds = load.worked() / Math.min(byCpu, byWaiting);
        long tasks = (long) Math.ceil(busySeconds / (HOURS_A_MONTH * 3_600));
        return new Design(
                Map.of(
                        Part.WORKER, tasks * workerMonth(),
                        Part.QUEUE, QueueRequests.ofMessages(load) * prices.usd(Item.SQS_REQUEST),
                        Part.TABLE, records() + retryingRecords()),
                busySeconds / tasks,
                tasks * setting.perHost());
    }

    /// Dollars for a month of one container.
    double workerMonth() {
        return HOURS_A_MONTH
                * (WORKER_VCPUS * prices.usd(Item.FARGATE_VCPU_HOUR)
                        + WORKER_GB * prices.usd(Item.FARGATE_GB_HOUR)
                        + prices.usd(Item.PUBLIC_IPV4_HOUR));
    }

    private double lambdaTime(long invocations, long billedMs, Setting of) {
        return invocations * (billedMs / 1_000.0) * of.gigabytes() * prices.usd(Item.LAMBDA_GB_SECOND);
    }

    private double records() {
        return load.urls() * load.writeUnits() * prices.usd(Item.WRITE_UNIT);
    }

    /// A URL that goes back to the queue leaves a record without body, which its last one replaces.
    private double retryingRecords() {
        return load.urls() * load.deferredShare() * prices.usd(Item.WRITE_UNIT);
    }
}
