package dev.fetchline.local.cli;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fetchline.local.stack.LocalStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The servers of a stack at one address, as an emulator has them: what names DynamoDB goes to the table's, the rest
/// to the queues'. The stack's own mapping is not started, so nobody but the command under test works on its queue.
final class OneAddress implements AutoCloseable {
    private static final List<String> PASSED_ON =
            List.of("X-Amz-Target", "X-Amz-Date", "Authorization", "Content-Type", "X-Amzn-Query-Mode");

    private static final List<String> PASSED_BACK = List.of("Content-Type", "x-amz-crc32", "x-amzn-query-error");

    private final LocalStack stack;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private HttpServer server;

    OneAddress(LocalStack stack) throws IOException {
        this.stack = stack;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Nothing listens at the address from now on.
    void die() {
        server.stop(0);
    }

    /// The same servers at the same address.
    void rise() throws IOException {
        server = listen(port);
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), at), 16);
        listening.setExecutor(requests);
        listening.createContext("/", this::passOn);
        listening.start();
        return listening;
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            Headers headers = exchange.getRequestHeaders();
            String target = headers.getFirst("X-Amz-Target");
            if (target == null) {
                exchange.sendResponseHeaders(404, -1); // STS, which these servers do not have
                return;
            }
            URI to = target.startsWith("DynamoDB") ? stack.dynamoDbEndpoint() : stack.sqsEndpoint();
            HttpRequest.Builder request = HttpRequest.newBuilder(to.resolve("/"))
                    .POST(BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
            PASSED_ON.stream()
                    .filter(headers::containsKey)
                    .forEach(name -> request.header(name, headers.getFirst(name)));
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            PASSED_BACK.forEach(name -> answer.headers()
                    .firstValue(name)
                    .ifPresent(value -> exchange.getResponseHeaders().set(name, value)));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        client.shutdownNow();
    }
}
