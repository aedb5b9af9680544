package dev.fetchline.local.cli;

import dev.fetchline.local.cost.Answers;
import dev.fetchline.local.cost.CostReport;
import dev.fetchline.local.cost.Load;
import dev.fetchline.local.cost.Measured;
import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.cost.Setting;
import dev.fetchline.local.stack.TemplateDefaults;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What to reckon with; what is not given is measured, or the template's.
final class CostOptions {
    @Spec(Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--work",
            paramLabel = "WORK",
            defaultValue = "plain",
            description = "plain (1 KB, connections kept), tls (1 KB, a new TLS connection each) or big (100 KB)"
                    + " (default: plain).")
    String work = "plain";

    @Option(names = "--urls", paramLabel = "N", defaultValue = "1000000", description = "A month (default: 1000000).")
    long urls = 1_000_000;

    @Option(
            names = "--cpu-micros",
            paramLabel = "N",
            description = "CPU of a URL, microseconds (default: as measured, while an environment is young).")
    @Nullable
    Double cpuMicros;

    @Option(
            names = "--latency-ms",
            paramLabel = "N",
            defaultValue = "200",
            description = "Usual time of an answer, milliseconds (default: 200).")
    double latencyMs = 200;

    @Option(
            names = "--slow-percent",
            paramLabel = "N",
            defaultValue = "1",
            description = "Answers that are slow (default: 1).")
    double slowPercent = 1;

    @Option(
            names = "--slow-ms",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Time of a slow answer, milliseconds (default: 10000).")
    double slowMs = 10_000;

    @Option(
            names = "--record-kb",
            paramLabel = "N",
            description = "Size of a record (default: 2.1, for big 1.2); the last table has examples.")
    @Nullable
    Double recordKb;

    @Option(
            names = "--deferred-percent",
            paramLabel = "N",
            defaultValue = "1",
            description = "URLs that go back to the queue once (default: 1).")
    double deferredPercent = 1;

    @Option(
            names = "--urls-per-message",
            paramLabel = "N",
            defaultValue = "10",
            description = "As they are sent (default: 10).")
    int urlsPerMessage = 10;

    @Option(names = "--url-bytes", paramLabel = "N", defaultValue = "80", description = "Of a URL (default: 80).")
    int urlBytes = 80;

    @Option(
            names = "--hosts",
            paramLabel = "N",
            defaultValue = "100",
            description = "Hosts that the URLs of one invocation are spread over (default: 100).")
    int hosts = 100;

    @Option(names = "--memory", paramLabel = "MB", description = "MemorySize (default: the template's).")
    @Nullable
    Integer memory;

    @Option(names = "--batch", paramLabel = "N", description = "BatchSize (default: the template's).")
    @Nullable
    Integer batch;

    @Option(names = "--window", paramLabel = "S", description = "BatchWindowSeconds (default: the template's).")
    @Nullable
    Integer window;

    @Option(names = "--concurrency", paramLabel = "N", description = "MaximumConcurrency (default: the template's).")
    @Nullable
    Integer concurrency;

    @Option(names = "--in-flight", paramLabel = "N", description = "InFlightMax (default: the template's).")
    @Nullable
    Integer inFlight;

    @Option(names = "--per-host", paramLabel = "N", description = "InFlightPerHostMax (default: the template's).")
    @Nullable
    Integer perHost;

    boolean hasCpu() {
        return cpuMicros != null;
    }

    /// The work that was named.
    CostWork work() {
        for (CostWork each : CostWork.values()) {
            if (each.label().equals(work.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw wrong("--work %s: expected plain, tls or big".formatted(PrintableText.of(work)));
    }

    /// The report.
    ///
    /// @param measured may be empty where the CPU is given
    CostReport report(Prices prices, CostWork of, TemplateDefaults template, Optional<Measured> measured) {
        double cpu = cpuMicros != null
                ? cpuMicros
                : measured.map(Measured::earlyCpuMicros).orElseThrow();
        String origin = cpuMicros != null
                ? "as given"
                : measured.map(CostOptions::originOf).orElseThrow();
        Load load = new Load(
                (long) within("--urls", (double) urls, 1, 1e12),
                (int) within("--urls-per-message", urlsPerMessage, 1, 10_000),
                (int) within("--url-bytes", urlBytes, 10, 8_192),
                (int) within("--hosts", hosts, 1, 1_000_000),
                new Answers(
                        within("--latency-ms", latencyMs, 1, 900_000),
                        within("--slow-percent", slowPercent, 0, 100) / 100,
                        within("--slow-ms", slowMs, 1, 900_000)),
                within("--cpu-micros", cpu, 1, 1e7),
                within("--record-kb", recordKb == null ? of.recordKb() : recordKb, 0.1, 400),
                within("--deferred-percent", deferredPercent, 0, 100) / 100);
        Setting setting = new Setting(
                size("--memory", memory, template.number("MemorySize"), 128, 10_240),
                size("--batch", batch, template.number("BatchSize"), 1, 10_000),
                size("--window", window, template.number("BatchWindowSeconds"), 1, 300),
                size("--concurrency", concurrency, template.number("MaximumConcurrency"), 1, 1_000),
                size("--in-flight", inFlight, template.number("InFlightMax"), 1, 600),
                size("--per-host", perHost, template.number("InFlightPerHostMax"), 1, 600));
        double cold =
                cpuMicros != null ? 0 : measured.map(Measured::coldCpuMillis).orElse(0.0);
        return new CostReport(prices, load, setting, origin, cold);
    }

    private static String originOf(Measured measured) {
        Double steady = measured.steadyCpuMicros();
        return "measured %s in a young environment%s"
                .formatted(measured.date(), steady == null ? "" : ", later %.0f µs".formatted(steady));
    }

    private int size(String option, @Nullable Integer given, int template, int least, int most) {
        return (int) within(option, given == null ? template : given, least, most);
    }

    private double within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw wrong("%s %s: expected a number from %s to %s"
                    .formatted(option, plain(value), plain(least), plain(most)));
        }
        return value;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "%.0f".formatted(number) : Double.toString(number);
    }

    private RuntimeException wrong(String sentence) {
        return spec == null ? CliException.usage(sentence) : new ParameterException(spec.commandLine(), sentence);
    }
}
