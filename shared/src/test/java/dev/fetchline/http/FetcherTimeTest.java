package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.BlackHole;
import dev.fetchline.testing.ManualTime;
import dev.fetchline.testing.TestCertificates;
import dev.fetchline.testing.TestCertificates.Identity;
import dev.fetchline.testing.TestSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever phase a request is stuck in, the end of its time gives that phase's own kind, and closes its
/// socket.
@Timeout(60)
final class FetcherTimeTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final Duration LONG = TestFetcher.LONG;

    @TempDir
    static Path directory;

    private static Identity identity;
    private static BlackHole hole;

    /// Where a request is stuck.
    enum Stuck {
        LOOK_UP(FailureKind.DNS_TIMEOUT),
        CONNECT(FailureKind.CONNECT_TIMEOUT),
        CONNECT_FOR_TLS(FailureKind.CONNECT_TIMEOUT),
        /// The server is silent from the start, or after the half of its first record.
        TLS(FailureKind.TLS_TIMEOUT),
        HALF_TLS(FailureKind.TLS_TIMEOUT),
        RESPONSE(FailureKind.RESPONSE_TIMEOUT),
        RESPONSE_OVER_TLS(FailureKind.RESPONSE_TIMEOUT),
        HALF_HEAD(FailureKind.RESPONSE_TIMEOUT),
        BODY(FailureKind.BODY_TIMEOUT),
        BODY_OVER_TLS(FailureKind.BODY_TIMEOUT);

        private final FailureKind kind;

        Stuck(FailureKind kind) {
            this.kind = kind;
        }
    }

    private final CountDownLatch answer = new CountDownLatch(1);
    private final Semaphore served = new Semaphore(0);
    private final TestSockets plain = TestSockets.start((socket, _) -> {
        String head = TestSockets.readHead(socket.getInputStream());
        serve(plain(), socket, head.split(" ", 3)[1]);
    });
    private final TestSockets tls = TestSockets.start(identity.context(), List.of("TLSv1.3"), (socket, _) -> {
        String head = TestSockets.readHead(socket.getInputStream());
        serve(tls(), socket, head.split(" ", 3)[1]);
    });
    private final TestSockets silent = TestSockets.start((socket, _) -> {
        served.release();
        silent().waitForHangUp(socket.getInputStream());
    });
    private final TestSockets half = TestSockets.start((socket, _) -> {
        socket.getOutputStream().write(new byte[] {22, 3, 3, 0, 80, 2, 0});
        served.release();
        half().waitForHangUp(socket.getInputStream());
    });
    private final TestFetcher fetcher = new TestFetcher(identity.pem(), host -> {
        await(answer);
        return InetAddress.getAllByName(host);
    });

    @BeforeAll
    static void open() {
        identity = TestCertificates.make(directory, "ip:127.0.0.1", 10, "");
        hole = BlackHole.open();
    }

    @AfterAll
    static void shut() {
        hole.close();
    }

    @AfterEach
    void stop() {
        answer.countDown();
        fetcher.close();
        for (TestSockets server : List.of(plain, tls, silent, half)) {
            server.close();
        }
    }

    private TestSockets plain() {
        return plain;
    }

    private TestSockets tls() {
        return tls;
    }

    private TestSockets silent() {
        return silent;
    }

    private TestSockets half() {
        return half;
    }

    private void serve(TestSockets server, Socket socket, String path) throws IOException {
        String sent = switch (path) {
            case "/silent" -> "";
            case "/half" -> "HTTP/1.1 200 OK\r\nX-Half: ";
            default -> "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbeginning";
        };
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        served.release();
        server.waitForHangUp(socket.getInputStream());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String url(Stuck where) {
        return switch (where) {
            case LOOK_UP -> "http://localhost:" + plain.port() + "/";
            case CONNECT -> "http://127.0.0.1:" + hole.port() + "/";
            case CONNECT_FOR_TLS -> "https://127.0.0.1:" + hole.port() + "/";
            case TLS -> silent.url("https", "/");
            case HALF_TLS -> half.url("https", "/");
            case RESPONSE -> plain.url("http", "/silent");
            case RESPONSE_OVER_TLS -> tls.url("https", "/silent");
            case HALF_HEAD -> plain.url("http", "/half");
            case BODY -> plain.url("http", "/body");
            case BODY_OVER_TLS -> tls.url("https", "/body");
        };
    }

    private void assertAllClosed() throws InterruptedException {
        while (hole.knocking() > 0) {
            // For two minutes more, if its socket was forgotten.
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(silent.sawHangUps(1)).as("silent").isTrue();
        assertThat(half.sawHangUps(1)).as("half a record").isTrue();
        assertThat(plain.sawHangUps(3)).as("plain").isTrue();
        assertThat(tls.sawHangUps(2)).as("over TLS").isTrue();
        assertThat(plain.accepted()).as("nothing before its address is known").isEqualTo(3);
    }

    /// One in each phase, at once.
    private Map<Stuck, CompletableFuture<HopResult>> startAll(Duration attempt, Duration invocation) {
        return Arrays.stream(Stuck.values())
                .collect(Collectors.toMap(where -> where, where -> fetcher.start(url(where), attempt, invocation)));
    }

    /// Waits until each is where it is to be stuck.
    private void awaitStuck() throws InterruptedException {
        served.acquire(7);
        while (hole.knocking() < 2) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void the_attempts_end_has_the_kind_of_its_phase_and_closes_the_socket() throws Exception {
        var fetches = startAll(SHORT, LONG);
        awaitStuck();
        fetches.forEach((where, fetch) -> {
            HopResult.Failure failure = (HopResult.Failure) fetch.join();
            assertThat(failure.kind()).as(where.name()).isEqualTo(where.kind);
            assertThat(failure.detail()).endsWith(" within " + SHORT.toMillis() + " ms");
        });
        assertAllClosed();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_invocations_end_cuts_in_every_phase_and_closes_the_socket(boolean withTheAttempts) throws Exception {
        var fetches = startAll(withTheAttempts ? SHORT : LONG, SHORT);
        awaitStuck();
        fetches.forEach(
                (where, fetch) -> assertThat(fetch.join()).as(where.name()).isInstanceOf(HopResult.Cut.class));
        assertAllClosed();
    }

    @Test
    void connecting_has_its_own_limit_and_what_is_connected_has_all_of_the_attempts_time() throws Exception {
        var fetches = startAll(FetchClient.CONNECT_TIMEOUT.plusSeconds(1), LONG);
        awaitStuck();
        fetches.forEach((where, fetch) -> {
            HopResult.Failure failure = (HopResult.Failure) fetch.join();
            assertThat(failure.kind()).as(where.name()).isEqualTo(where.kind);
            boolean connecting = where.kind == FailureKind.CONNECT_TIMEOUT || where.kind == FailureKind.TLS_TIMEOUT;
            assertThat(failure.detail()).endsWith(connecting ? " within 5000 ms" : " within 6000 ms");
        });
        assertAllClosed();
    }

    /// On a machine that has much else to do.
    @Test
    void a_handshake_is_told_from_a_response_also_where_the_clients_own_timer_is_late() throws Exception {
        ManualTime time = new ManualTime();
        try (TestFetcher early = new TestFetcher(identity.pem(), InetAddress::getAllByName, time)) {
            Map<Stuck, CompletableFuture<HopResult>> fetches = Stream.of(
                            Stuck.TLS, Stuck.HALF_TLS, Stuck.RESPONSE_OVER_TLS, Stuck.CONNECT_FOR_TLS)
                    .collect(Collectors.toMap(where -> where, where -> early.start(url(where), SHORT, LONG)));
            served.acquire(3);
            while (hole.knocking() < 1) {
                LockSupport.parkNanos(5_000_000);
            }
            time.advance(SHORT);
            time.advance(SHORT);
            fetches.forEach((where, fetch) ->
                    assertThat(TestFetcher.kind(fetch.join())).as(where.name()).isEqualTo(where.kind));
        }
    }

    @Test
    void many_at_one_port_have_each_their_own_kind() throws Exception {
        int each = 20;
        // One port: the connections of even number are never answered, those of odd number get to the end of TLS.
        try (TestSockets mixed = TestSockets.start((socket, number) -> {
            if (number % 2 == 0) {
                silent().waitForHangUp(socket.getInputStream());
            } else {
                forward(socket, tls.port());
            }
        })) {
            List<CompletableFuture<HopResult>> fetches = new ArrayList<>();
            for (int i = 0; i < 2 * each; i++) {
                fetches.add(fetcher.start(mixed.url("https", i % 3 == 0 ? "/body" : "/silent"), SHORT, LONG));
            }
            var kinds = fetches.stream()
                    .map(fetch -> TestFetcher.kind(fetch.join()))
                    .collect(Collectors.groupingBy(kind -> kind, Collectors.counting()));
            assertThat(kinds.remove(FailureKind.TLS_TIMEOUT)).isEqualTo(each);
            assertThat(kinds.keySet())
                    .containsExactlyInAnyOrder(FailureKind.RESPONSE_TIMEOUT, FailureKind.BODY_TIMEOUT);
            assertThat(silent.sawHangUps(each)).isTrue();
            assertThat(tls.sawHangUps(each)).isTrue();
        }
    }

    /// Both ways, until one side ends it.
    private static void forward(Socket socket, int port) throws IOException {
        try (Socket beyond = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            Thread back = Thread.ofVirtual().start(() -> {
                try (socket) {
                    beyond.getInputStream().transferTo(socket.getOutputStream());
                } catch (IOException ended) {
                    // By one side or the other.
                }
            });
            socket.getInputStream().transferTo(beyond.getOutputStream());
            back.interrupt();
        }
    }
}
