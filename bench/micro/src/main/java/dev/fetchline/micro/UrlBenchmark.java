package dev.fetchline.micro;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// From a text to a URL in its canonical form.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UrlBenchmark {
    private final String plain = "https://www.example.com/articles/2026/01/some-title-of-it";
    private final String query = "HTTPS://Shop.Example.com:443/a/../search?q=caf\u00e9%20au lait&page=2&sort=price#top";
    private final String international = "https://b\u00fccher.example/stra\u00dfe/\u00fcber-uns";
    private final String literal = "http://93.184.215.14:8080/status";
    private final FetchUrl base = (FetchUrl) FetchUrl.read(plain);

    /// One that is canonical already, as most are.
    @Benchmark
    public UrlReading plain() {
        return FetchUrl.read(plain);
    }

    /// One that every rule changes: case, port, dot segments, percent-encoding, fragment.
    @Benchmark
    public UrlReading query() {
        return FetchUrl.read(query);
    }

    /// A host beyond ASCII.
    @Benchmark
    public UrlReading international() {
        return FetchUrl.read(international);
    }

    /// An IPv4 address for a host.
    @Benchmark
    public UrlReading literal() {
        return FetchUrl.read(literal);
    }

    /// A Location against the URL that it came from.
    @Benchmark
    public UrlReading redirect() {
        return base.resolve("/en/articles/2026/01/some-title-of-it?from=old");
    }
}
