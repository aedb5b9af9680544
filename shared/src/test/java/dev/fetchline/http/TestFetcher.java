package dev.fetchline.http;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Networks;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.SystemTime;
import dev.fetchline.pace.Time;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A fetcher with the real client, which may reach 127.0.0.1.
final class TestFetcher implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);

    private final Time time;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;
    private final Fetcher fetcher;

    TestFetcher() {
        this(null, InetAddress::getAllByName);
    }

    TestFetcher(@Nullable Path extraCa) {
        this(extraCa, InetAddress::getAllByName);
    }

    TestFetcher(@Nullable Path extraCa, AddressLookup.Resolver resolver) {
        this(extraCa, resolver, new SystemTime());
    }

    TestFetcher(@Nullable Path extraCa, AddressLookup.Resolver resolver, Time time) {
        this(extraCa, resolver, time, NativeCrypto.engage());
    }

    TestFetcher(@Nullable Path extraCa, AddressLookup.Resolver resolver, Time time, Optional<Provider> tls) {
        this.time = time;
        client = FetchClient.create(executor, extraCa, tls);
        fetcher = new Fetcher(
                client,
                new AddressLookup(executor, resolver),
                new UrlGuard(PortRanges.parse("1-65535"), Networks.parse("127.0.0.1"), Networks.parse(""), List.of()),
                "Test/1",
                time);
    }

    CompletableFuture<HopResult> start(String url, Duration attempt, Duration invocation) {
        FetchItem item = FetchItem.get(url);
        return fetcher.fetch(
                RedirectWalk.from(item, (FetchUrl) FetchUrl.read(url), attempt, 100_000, 5),
                Deadline.in(invocation, time));
    }

    HopResult fetch(String url) {
        return start(url, LONG, LONG).join();
    }

    static FailureKind kind(HopResult result) {
        return ((HopResult.Failure) result).kind();
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }
}
