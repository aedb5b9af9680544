package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.fetchline.testing.TestSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// What is at the address, when it is no emulator.
class EmulatorTest {
    @Test
    void nothing_listens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        assertThatThrownBy(() -> Emulator.at(endpoint))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("No emulator answers at " + endpoint + ": the connection was refused, or the host cannot be"
                        + " reached; start one first, as with docker compose up --wait.");
    }

    @Test
    void there_is_no_such_host() {
        assertThatThrownBy(() -> Emulator.at(URI.create("http://nowhere.invalid:4566")))
                .isInstanceOf(LocalStackException.class)
                .hasMessage("No emulator answers at http://nowhere.invalid:4566: there is no such host; start one"
                        + " first, as with docker compose up --wait.");
    }

    @Test
    void what_listens_speaks_something_else() throws Exception {
        try (TestSockets server = TestSockets.start((socket, _) -> {
            socket.getInputStream().read(new byte[4096]);
            socket.getOutputStream().write("220 mail ready\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThatThrownBy(() -> Emulator.at(URI.create(server.url("http", ""))))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("what listens there does not speak HTTP");
        }
    }

    @Test
    void a_web_server_is_no_emulator() throws IOException {
        assertNoEmulator(404, "nothing here", "it answers with HTTP status 404.");
    }

    @Test
    void nor_is_one_that_has_a_page_for_everything() throws IOException {
        assertNoEmulator(200, "<!doctype html><title>Welcome</title>", "");
    }

    @Test
    void the_account_is_the_emulators_own() throws IOException {
        HttpServer server = answering(200, "<Arn>arn:aws:sts::123456789012:x</Arn><Account>123456789012</Account>");
        assertThat(Emulator.at(endpoint(server)).account()).isEqualTo("123456789012");
        server.stop(0);
    }

    private static void assertNoEmulator(int status, String body, String end) throws IOException {
        HttpServer server = answering(status, body);
        URI endpoint = endpoint(server);
        Emulator emulator = Emulator.at(endpoint);
        assertThat(emulator.account()).isEqualTo(StackTemplate.ACCOUNT);
        try (AwsClients clients = AwsClients.of(endpoint, endpoint)) {
            assertThatThrownBy(() -> emulator.check(clients))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageStartingWith("What listens at " + endpoint + " is no emulator of SQS: ")
                    .hasMessageEndingWith(end);
        }
        server.stop(0);
    }

    private static HttpServer answering(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static URI endpoint(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
