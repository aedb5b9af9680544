package dev.fetchline.micro;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmarks twice, with C1 alone as Lambda does and with all of the JDK's compilers, and prints one table in
/// Markdown. JMH's own options are at hand through `org.openjdk.jmh.Main` on the same class path.
public final class MicroBenchmarks {
    private static final String C1_ALONE = "-XX:TieredStopAtLevel=1";
    private static final String[] JVM = {"-XX:+UseSerialGC", "-Xmx512m"};

    private static final int FORKS = 2;
    private static final int ITERATIONS = 5;
    private static final TimeValue ITERATION = TimeValue.milliseconds(500);

    private MicroBenchmarks() {}

    /// Runs all benchmarks, or those that the arguments name.
    ///
    /// @param names regular expressions, as of JMH
    public static void main(String[] names) throws RunnerException {
        Map<String, Figures> early = run(names, C1_ALONE);
        Map<String, Figures> warm = run(names, "-XX:+TieredCompilation");
        System.out.println();
        System.out.println("| benchmark | C1: CPU ns | C1: bytes | C1 and C2: CPU ns | C1 and C2: bytes |");
        System.out.println("|---|---|---|---|---|");
        early.forEach((name, figures) -> {
            Figures later = warm.getOrDefault(name, Figures.NONE);
            System.out.println("| `%s` | %s | %s |".formatted(name, figures.cells(), later.cells()));
        });
    }

    private static Map<String, Figures> run(String[] names, String compilers) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(FORKS)
                .warmupIterations(ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgs(JVM)
                .jvmArgsAppend(compilers);
        for (String name : names) {
            options.include(name);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        Map<String, Figures> byName = new TreeMap<>();
        for (RunResult result : results) {
            byName.put(shortName(result.getParams().getBenchmark()), Figures.of(result));
        }
        return byName;
    }

    /// Class and method, without packages.
    private static String shortName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1).replace("Benchmark.", ".");
    }

    /// What one benchmark came to, for each operation: the time of its best iteration, because whatever else the
    /// machine
    /// does makes it longer and never shorter.
    private record Figures(double nanos, double bytes) {
        static final Figures NONE = new Figures(Double.NaN, Double.NaN);

        static Figures of(RunResult result) {
            return new Figures(secondary(result, CpuProfiler.NAME), secondary(result, "gc.alloc.rate.norm"));
        }

        private static double secondary(RunResult result, String name) {
            Result<?> found = result.getSecondaryResults().get(name);
            return found == null ? Double.NaN : found.getScore();
        }

        String cells() {
            return String.format(Locale.ROOT, "%,.0f | %,.0f", nanos, bytes);
        }
    }
}
