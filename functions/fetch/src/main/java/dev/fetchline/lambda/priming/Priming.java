package dev.fetchline.lambda.priming;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fetchline.http.AddressLookup;
import dev.fetchline.http.FetchClient;
import dev.fetchline.pace.Time;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.pipeline.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/// Runs the function on events of its own until its code is compiled: fetches from [PrimingWeb], records to
/// [PrimingAws], by Java alone. TLS is the JDK's, and the SDK speaks plain HTTP over the JDK's client: no
/// native library is loaded. Only what is made here is used, and all of it is closed again.
public final class Priming {
    /// Some 2,500 URLs. C1 compiles after a few hundred calls: three rounds save nearly as much, forty a little more.
    static final int ROUNDS_MAX = 12;

    /// For its HTTP client to close what it has open.
    private static final Duration END_TIME = Duration.ofSeconds(5);

    private final BiFunction<FetchSettings, Surroundings, RequestStreamHandler> function;
    private final Time time;

    /// Priming for a function.
    ///
    /// @param function made of settings and surroundings that lead nowhere but to the servers here
    public Priming(BiFunction<FetchSettings, Surroundings, RequestStreamHandler> function, Time time) {
        this.function = function;
        this.time = time;
    }

    /// Primes for `limit` at the most, a little more for the last round.
    ///
    /// @return how many URLs were worked on
    /// @throws IOException where this machine gives no sockets or no scratch file
    /// @throws GeneralSecurityException where it has no TLS of its own
    public int run(Duration limit) throws IOException, GeneralSecurityException {
        return run(limit, ROUNDS_MAX);
    }

    int run(Duration limit, int rounds) throws IOException, GeneralSecurityException {
        try (PrimingWeb web = PrimingWeb.start();
                PrimingAws aws = PrimingAws.start()) {
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            FetchSettings settings = PrimingSettings.of(web.ports(), web.trusted(), aws.endpoint());
            HttpClient client = FetchClient.create(threads, settings.extraCaFile(), Optional.empty());
            try {
                return run(
                        function.apply(
                                settings,
                                new Surroundings(
                                        aws.dynamoDb(),
                                        aws.sqs(),
                                        client,
                                        new AddressLookup(threads, Priming::noName),
                                        time,
                                        () -> 0,
                                        Runtime.getRuntime().maxMemory())),
                        new PrimingEvents(web),
                        time.nanoTime() + limit.toNanos(),
                        rounds);
            } finally {
                end(client);
                threads.shutdownNow();
            }
        }
    }

    /// Its sockets are closed by a thread of its own: they must not be in the snapshot.
    private static void end(HttpClient client) {
        client.shutdownNow();
        try {
            var _ = client.awaitTermination(END_TIME);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int run(RequestStreamHandler handler, PrimingEvents events, long endNanos, int rounds) throws IOException {
        int urls = 0;
        for (int round = 0; round < rounds && time.nanoTime() - endNanos < 0; round++) {
            // What goes wrong needs no speed, but its classes: a few times are enough.
            PrimingEvents.Event event = round < 3 ? events.withFaults(round) : events.plain(round);
            handler.handleRequest(
                    new ByteArrayInputStream(event.json().getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    new PrimingContext());
            urls += event.urls();
        }
        return urls;
    }

    /// Every name is unknown here, so that none is asked of anyone.
    private static InetAddress[] noName(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }
}
