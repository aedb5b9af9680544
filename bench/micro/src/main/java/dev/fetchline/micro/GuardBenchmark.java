package dev.fetchline.micro;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Networks;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlGuard;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// What may be fetched: each URL is judged before its look-up, and again with its addresses; the resolver judges each
/// address once more.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardBenchmark {
    private final UrlGuard guard = new UrlGuard(
            PortRanges.parse("80,443,8080,8443"),
            Networks.NONE,
            Networks.NONE,
            UrlGuard.endpointsOf(Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001")));
    private final FetchUrl url = (FetchUrl) FetchUrl.read("https://www.example.com/articles/2026/01/some-title-of-it");
    private final FetchUrl literal = (FetchUrl) FetchUrl.read("http://169.254.169.254/latest/meta-data/");
    private final List<InetAddress> four = List.of(address(93, 184, 215, 14), address(93, 184, 215, 15));
    private final InetAddress six =
            address(0x2a, 0x00, 0x14, 0x50, 0x40, 0x01, 0x08, 0x2a, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x20, 0x0e);

    private static InetAddress address(int... parts) {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Before the look-up: port and endpoints.
    @Benchmark
    public Optional<Refusal> beforeLookup() {
        return guard.judge(url);
    }

    /// With two IPv4 addresses that are open.
    @Benchmark
    public Optional<Refusal> twoAddresses() {
        return guard.judge(url, four);
    }

    /// One IPv6 address that is open.
    @Benchmark
    public Optional<Refusal> ipv6() {
        return guard.judge(six);
    }

    /// A literal that is closed, with the sentence that says why.
    @Benchmark
    public Optional<Refusal> refused() {
        return guard.judge(literal);
    }
}
