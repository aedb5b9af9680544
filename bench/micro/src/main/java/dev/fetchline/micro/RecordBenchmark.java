package dev.fetchline.micro;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.http.Bodies;
import dev.fetchline.http.FailureKind;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.Outcome;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.record.BodyStorage;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.ResultRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// From an outcome to its record: charset, hash, headers, body and all. It holds what [DigestBenchmark] and
/// [dev.fetchline.record.BodyTextBenchmark] measure alone.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {
    private final FetchUrl url = (FetchUrl) FetchUrl.read("https://www.example.com/articles/2026/01/some-title-of-it");
    private final FetchItem item = FetchItem.get(url.text());
    private final RecordMapper.Asked asked = new RecordMapper.Asked(
            RecordKey.of("nightly", item.method(), url), new Origin("message-1", 1_767_225_600_000L), 0);
    private final RecordMapper.Attempt attempt =
            new RecordMapper.Attempt(Instant.parse("2026-01-01T00:00:01.234Z"), Duration.ofMillis(123), 1, null);

    private final RecordMapper storesNothing = new RecordMapper(BodyStorage.NONE, 16_384, Duration.ofDays(30));
    private final RecordMapper storesText = new RecordMapper(BodyStorage.TEXT, 16_384, Duration.ofDays(30));

    private final Outcome smallJson = answered("application/json", Samples.json(900));
    private final Outcome page = answered("text/html", Samples.html(30_000, "utf-8", "Gr\u00fc\u00dfe"));
    private final Outcome failed = new Outcome.Failed(
            FailureKind.CONNECT, "the connection was refused, or the host cannot be reached", url, 0, null);

    private Outcome answered(String type, String text) {
        FetchedBody body = Bodies.of(text, StandardCharsets.UTF_8);
        return new Outcome.Answered(200, url, 0, Samples.cdnHeaders(type), body);
    }

    private ResultRecord map(RecordMapper mapper, Outcome outcome) {
        return mapper.ofOutcome(asked, item, url, outcome, attempt);
    }

    /// 0.9 KB of JSON, the body not stored.
    @Benchmark
    public ResultRecord smallWithoutBody() {
        return map(storesNothing, smallJson);
    }

    /// 0.9 KB of JSON, stored as a string.
    @Benchmark
    public ResultRecord smallWithBody() {
        return map(storesText, smallJson);
    }

    /// A page of 30 KB, the body not stored.
    @Benchmark
    public ResultRecord pageWithoutBody() {
        return map(storesNothing, page);
    }

    /// A page of 30 KB, stored compressed.
    @Benchmark
    public ResultRecord pageWithBody() {
        return map(storesText, page);
    }

    /// A failure.
    @Benchmark
    public ResultRecord failure() {
        return map(storesText, failed);
    }
}
