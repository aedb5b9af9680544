package dev.fetchline.bench.bare;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// The loop: a place for each request, the request, its record.
final class Fetches {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client;
    private final Records records;
    private final String userAgent;
    private final Semaphore inFlight;
    private final int perHostMax;
    private final Map<String, Semaphore> perHost = new ConcurrentHashMap<>();

    Fetches(HttpClient client, Records records, String userAgent, int inFlightMax, int perHostMax) {
        this.client = client;
        this.records = records;
        this.userAgent = userAgent;
        this.inFlight = new Semaphore(inFlightMax);
        this.perHostMax = perHostMax;
    }

    /// Fetches all and hands each record to the writer; returns when the last has been handed over.
    void fetch(List<Item> items, Writer writer) throws InterruptedException {
        List<CompletableFuture<Void>> all = new ArrayList<>(items.size());
        for (Item item : items) {
            URI uri = URI.create(item.url());
            Semaphore host = perHost.computeIfAbsent(uri.getAuthority(), _ -> new Semaphore(perHostMax));
            host.acquire();
            inFlight.acquire();
            long started = System.nanoTime();
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(TIMEOUT)
                    .header("User-Agent", userAgent)
                    .header("Accept", "*/*")
                    .header("Accept-Encoding", "gzip, deflate")
                    .build();
            all.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .whenComplete((_, _) -> {
                        inFlight.release();
                        host.release();
                    })
                    .thenAccept(response ->
                            writer.add(records.of(item, response, Duration.ofNanos(System.nanoTime() - started)))));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    }
}
