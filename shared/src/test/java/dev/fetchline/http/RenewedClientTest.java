package dev.fetchline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.TestSockets;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Heads that cannot be read, and the sockets that they came from.
final class RenewedClientTest {
    private static void answer(Socket socket, String bytes) throws Exception {
        TestSockets.readHead(socket.getInputStream());
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static TestSockets answering(String head) {
        TestSockets[] server = new TestSockets[1];
        server[0] = TestSockets.start((socket, _) -> {
            answer(socket, head);
            server[0].waitForHangUp(socket.getInputStream());
        });
        return server[0];
    }

    private static void fetch(TestFetcher fetcher, TestSockets server, int times) {
        List<CompletableFuture<HopResult>> all = IntStream.range(0, times)
                .mapToObj(_ -> fetcher.start(server.url("http", "/"), TestFetcher.LONG, TestFetcher.LONG))
                .toList();
        assertThat(all)
                .extracting(CompletableFuture::join)
                .allSatisfy(result -> assertThat(TestFetcher.kind(result)).isEqualTo(FailureKind.PROTOCOL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n"
            })
    void sockets_of_heads_that_cannot_be_read_are_closed_before_they_are_many(String head) throws Exception {
        try (TestSockets server = answering(head);
                TestFetcher fetcher = new TestFetcher()) {
            fetch(fetcher, server, RenewedClient.SPOILT_MAX);
            assertThat(server.sawHangUps(RenewedClient.SPOILT_MAX)).isTrue();
        }
    }

    @Test
    void requests_under_way_come_to_their_end() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch renewed = new CountDownLatch(1);
        try (TestSockets bad = answering("SSH-2.0-x\r\n\r\n");
                TestSockets slow = TestSockets.start((socket, _) -> {
                    TestSockets.readHead(socket.getInputStream());
                    asked.countDown();
                    renewed.await();
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                    .getBytes(StandardCharsets.US_ASCII));
                });
                TestFetcher fetcher = new TestFetcher()) {
            CompletableFuture<HopResult> underWay =
                    fetcher.start(slow.url("http", "/"), TestFetcher.LONG, TestFetcher.LONG);
            asked.await();
            fetch(fetcher, bad, 2 * RenewedClient.SPOILT_MAX);
            renewed.countDown();
            assertThat(underWay.join()).isInstanceOf(HopResult.Response.class);
            assertThat(bad.sawHangUps(2 * RenewedClient.SPOILT_MAX)).isTrue();
        }
    }

    @Test
    void a_request_that_takes_its_time_does_not_keep_sockets_open_for_ever() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        int clients = RenewedClient.ENDING_MAX + 1;
        try (TestSockets bad = answering("SSH-2.0-x\r\n\r\n");
                TestSockets slow = TestSockets.start((socket, _) -> {
                    TestSockets.readHead(socket.getInputStream());
                    asked.countDown();
                    never.await();
                });
                TestFetcher fetcher = new TestFetcher()) {
            CompletableFuture<HopResult> underWay =
                    fetcher.start(slow.url("http", "/"), Duration.ofMinutes(5), Duration.ofMinutes(5));
            asked.await();
            for (int i = 0; i < clients; i++) {
                fetch(fetcher, bad, RenewedClient.SPOILT_MAX);
                if (i < clients - 1) {
                    // Keeps this client from its end, too.
                    var _ = fetcher.start(slow.url("http", "/"), Duration.ofMinutes(5), Duration.ofMinutes(5));
                }
            }
            assertThat(bad.sawHangUps(RenewedClient.SPOILT_MAX)).isTrue();
            assertThat(TestFetcher.kind(underWay.join())).isEqualTo(FailureKind.DISCONNECTED);
        }
    }
}
