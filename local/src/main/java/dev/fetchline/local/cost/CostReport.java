package dev.fetchline.local.cost;

import dev.fetchline.local.cost.Design.Part;
import dev.fetchline.local.cost.Prices.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// All that `./fetchline cost` says, line by line.
///
/// @param prices that it is reckoned with
/// @param load of a month
/// @param setting of the function
/// @param origin where the CPU time comes from, in words
/// @param coldCpuMillis of a new environment's start and first URLs; zero where it was not measured
public record CostReport(Prices prices, Load load, Setting setting, String origin, double coldCpuMillis) {
    /// Metrics in the log line of an invocation; docs/operations.md lists them.
    static final int METRICS = 20;

    /// Lambda asks an idle queue five at a time, each for as long as SQS lets it.
    private static final double IDLE_POLLS_A_MONTH = 5 * 730 * 3_600 / 20.0;

    /// The report.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s URLs in a month, in US dollars (%s; prices as of docs/prices.json, read %s)"
                .formatted(Figures.whole(load.urls()), prices.region(), prices.lookedUp()));
        lines.add("");
        lines.addAll(designs());
        lines.add("");
        lines.addAll(assumptions());
        lines.add("");
        lines.addAll(new SizingText(new Sizing(prices, load, setting)).lines());
        return List.copyOf(lines);
    }

    private List<String> designs() {
        Designs designs = new Designs(prices, load, setting);
        List<Design> three = List.of(designs.batch(), designs.single(), designs.worker());
        List<String> lines = new ArrayList<>();
        lines.add(row("", "batches:", "one URL an", "a worker"));
        lines.add(row("", "Fetchline", "invocation", "always on"));
        for (Part part : Part.values()) {
            if (part == Part.TABLE) {
                lines.add(row(
                        "together, but for the records",
                        three.stream().map(it -> Figures.usd(it.totalWithoutTable()))));
            }
            lines.add(row(part.label(), three.stream().map(it -> Figures.usd(it.usd(part)))));
        }
        lines.add(row("together", three.stream().map(it -> Figures.usd(it.total()))));
        lines.add(row("if they come at once, fetched in", three.stream().map(it -> Figures.time(it.wallSeconds()))));
        lines.add(row("requests to one host at once", three.stream().map(it -> Figures.whole(it.toOneHost()))));
        lines.add("");
        lines.add(breakEven(designs, three));
        return lines;
    }

    private String breakEven(Designs designs, List<Design> three) {
        double perUrl = (three.getFirst().totalWithoutTable() - three.getFirst().usd(Part.QUEUE)) / load.urls();
        return "One worker costs %s a month, busy or idle; Lambda comes to that at %s million URLs a month."
                .formatted(
                        Figures.usd(designs.workerMonth()), Figures.whole(designs.workerMonth() / perUrl / 1_000_000));
    }

    private List<String> assumptions() {
        Invocation invocation = Invocation.of(load, setting);
        List<String> lines = new ArrayList<>();
        lines.add("Assumed");
        lines.add("- CPU of a URL: %s µs (%s).".formatted(Figures.plain(load.cpuMicros()), origin));
        lines.add("- A second of CPU where it was measured is one of Lambda's or Fargate's vCPU.");
        lines.add("- An answer takes %s ms, but %s %% of them %s ms; a record has %s KB (%s WRU), a URL %d bytes."
                .formatted(
                        Figures.plain(load.answers().usualMs()),
                        Figures.plain(load.answers().slowShare() * 100),
                        Figures.plain(load.answers().slowMs()),
                        Figures.plain(load.recordKb()),
                        Figures.whole(load.writeUnits()),
                        load.urlBytes()));
        lines.add("- Batches: %d URLs to a message, %d messages to an invocation, %d MB (%s vCPU), %d environments."
                .formatted(
                        load.urlsPerMessage(),
                        setting.batch(),
                        setting.memoryMb(),
                        Figures.plain(setting.vcpus()),
                        setting.concurrency()));
        lines.add("- Requests at once in an environment: %d (%d in flight, %d to each of %d hosts)."
                .formatted(setting.requestsAtOnce(load.hosts()), setting.inFlight(), setting.perHost(), load.hosts()));
        lines.add("- So an invocation of %s URLs is billed %s ms: CPU (%s ms) or answers (%s ms), the longer, and %s."
                .formatted(
                        Figures.whole(invocation.urls()),
                        Figures.whole(invocation.billedMs()),
                        Figures.whole(invocation.cpuMs()),
                        Figures.whole(invocation.waitMs()),
                        Figures.whole(Invocation.TAIL_MS)));
        lines.add("- %s %% of the URLs go back to the queue once: fetched again, one more record, and their deferrals."
                .formatted(Figures.plain(load.deferredShare() * 100)));
        lines.add("- One URL an invocation: %d MB; what an invocation costs the runtime itself is left out."
                .formatted(Designs.SINGLE_MEMORY_MB));
        lines.add("- The worker: Fargate, arm64, %s vCPU, %s GB, a public address, the same CPU for a URL."
                .formatted(Figures.plain(Designs.WORKER_VCPUS), Figures.plain(Designs.WORKER_GB)));
        lines.add("- Not counted: free tiers, storage, backups, reads, data that leaves AWS, NAT gateways.");
        lines.addAll(monthly());
        return lines;
    }

    /// What Lambda's designs cost whatever the number of URLs.
    private Stream<String> monthlyLines() {
        double metrics = METRICS * prices.usd(Item.METRIC_MONTH);
        double polls = IDLE_POLLS_A_MONTH * prices.usd(Item.SQS_REQUEST);
        Stream<String> fixed = Stream.of(
                "- Besides, a month: %s for %d metrics (if busy every hour), %s for Lambda's looks at an idle queue."
                        .formatted(Figures.usd(metrics), METRICS, Figures.usd(polls)));
        double cold = coldCpuMillis / 1_000 / setting.vcpus() * setting.gigabytes() * prices.usd(Item.LAMBDA_GB_SECOND);
        return coldCpuMillis == 0
                ? fixed
                : Stream.concat(
                        fixed,
                        Stream.of("- Besides, %s for a thousand new environments (%s ms of CPU each)."
                                .formatted(Figures.usd(cold * 1_000), Figures.whole(coldCpuMillis))));
    }

    private List<String> monthly() {
        return monthlyLines().toList();
    }

    private static String row(String label, Stream<String> cells) {
        List<String> three = cells.toList();
        return row(label, three.get(0), three.get(1), three.get(2));
    }

    private static String row(String label, String first, String second, String third) {
        return "%-34s %14s %14s %14s".formatted(label, first, second, third).stripTrailing();
    }
}
