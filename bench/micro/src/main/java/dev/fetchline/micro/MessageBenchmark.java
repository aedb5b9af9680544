package dev.fetchline.micro;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Intake;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// From a message body to its items; times are for each URL of a message of ten.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
    /// URLs in each message.
    public static final int URLS = 10;

    private final String lines = urls("", "", "\n");
    private final String batch = "{\"batchId\":\"nightly\",\"urls\":[" + urls("\"", "\"", ",") + "]}";
    private final String objects = "{\"batchId\":\"nightly\",\"defaults\":{\"timeoutMs\":5000},\"urls\":["
            + urls("{\"url\":\"", "\",\"tag\":\"a\",\"headers\":{\"Accept\":\"text/html\"}}", ",") + "]}";

    private static String urls(String before, String after, String between) {
        return IntStream.range(0, URLS)
                .mapToObj(i ->
                        before + "https://www.example-site-" + i + ".com/articles/2026/01/some-title-of-it" + after)
                .collect(Collectors.joining(between));
    }

    /// Plain text, a URL a line.
    @Benchmark
    @OperationsPerInvocation(URLS)
    public Intake lines() {
        return BatchReader.read(lines, "message");
    }

    /// An object with `batchId` and `urls`, as `./fetchline run` sends it.
    @Benchmark
    @OperationsPerInvocation(URLS)
    public Intake batch() {
        return BatchReader.read(batch, "message");
    }

    /// Items with options of their own, over defaults.
    @Benchmark
    @OperationsPerInvocation(URLS)
    public Intake objects() {
        return BatchReader.read(objects, "message");
    }
}
