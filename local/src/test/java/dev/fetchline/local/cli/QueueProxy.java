package dev.fetchline.local.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/// Between a command and the queues: calls of one kind come to a halt in it.
final class QueueProxy implements AutoCloseable {
    private static final List<String> PASSED_ON =
            List.of("Content-Type", "X-Amz-Target", "Authorization", "X-Amz-Date", "X-Amzn-Query-Mode");

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI queues;
    private final String held;
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicReference<String> request = new AtomicReference<>("");
    private volatile boolean isClosed;

    /// @param queues the server
    /// @param held the operation, such as `DeleteMessageBatch`
    QueueProxy(URI queues, String held) throws IOException {
        this.queues = queues;
        this.held = held;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::pass);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// The body of the first call that was held; returns when it has come.
    String awaitHeld() throws InterruptedException {
        arrived.await();
        return request.get();
    }

    /// Lets all calls pass; those that are still held at the end never arrive.
    void release() {
        released.countDown();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("." + held)) {
                request.compareAndSet("", new String(body, StandardCharsets.UTF_8));
                arrived.countDown();
                released.await();
                if (isClosed) {
                    return;
                }
            }
            HttpRequest.Builder onward = HttpRequest.newBuilder(queues.resolve(exchange.getRequestURI()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            for (String name : PASSED_ON) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    onward.header(name, value);
                }
            }
            HttpResponse<byte[]> answer = client.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isClosed = true;
        release();
        server.stop(0);
        client.close();
    }
}
