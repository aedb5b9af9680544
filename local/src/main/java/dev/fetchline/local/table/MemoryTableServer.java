package dev.fetchline.local.table;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Tables in memory over DynamoDB's own protocol (AWS JSON 1.0), on a free port of 127.0.0.1: any client of
/// DynamoDB can use it, with any credentials. It takes thousands of items a second, and deals the faults that
/// it is told to.
public final class MemoryTableServer implements AutoCloseable {
    static {
        // Without it every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String PREFIX = "DynamoDB_20120810.";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Tables tables = new Tables();
    private final TableFaults faults;
    private final FaultedCalls calls;

    private MemoryTableServer(TableFaults faults) throws IOException {
        this.faults = faults;
        calls = new FaultedCalls(new TableOperations(tables, faults), faults);
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /// A server without tables; CreateTable makes them.
    ///
    /// @param faults what is to befall its callers, now or later
    public static MemoryTableServer start(TableFaults faults) {
        try {
            MemoryTableServer started = new MemoryTableServer(faults);
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("The table server did not start: " + e.getMessage(), e);
        }
    }

    /// For any DynamoDB client.
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// A table without the wire between: what is in it, whatever befalls its callers.
    ///
    /// @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException where there is none
    public MemoryTable table(String name) {
        return tables.get(name);
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closed without an answer, an exchange takes its connection with it.
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target != null && target.startsWith(PREFIX) ? target.substring(PREFIX.length()) : "";
            TableFaults.Draw draw = faults.draw(operation);
            byte[] request = exchange.getRequestBody().readAllBytes();
            Thread.sleep(draw.before());
            Optional<WireAnswer> answer = calls.answer(operation, request, draw);
            Thread.sleep(draw.after());
            if (answer.isPresent()) {
                send(exchange, answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, WireAnswer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/x-amz-json-1.0");
        headers.set("x-amzn-RequestId", UUID.randomUUID().toString());
        headers.set("x-amz-crc32", answer.crc32());
        exchange.sendResponseHeaders(answer.status(), answer.json().length);
        exchange.getResponseBody().write(answer.json());
    }

    /// Stops at once; calls under way get no answer.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
