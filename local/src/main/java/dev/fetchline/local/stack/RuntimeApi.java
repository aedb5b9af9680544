package dev.fetchline.local.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Lambda's Runtime API for one environment: the runtime client asks for the next event and posts what became of it.
final class RuntimeApi implements AutoCloseable {
    static {
        // Without it every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final String PREFIX = "/2018-06-01/runtime/";

    private record Event(String requestId, String json) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String functionArn;
    private final Duration timeout;
    private final BooleanSupplier losesAnswer;
    private final Runnable restoring;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Invocation>> underWay = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<String> initError = new CompletableFuture<>();

    /// @param losesAnswer asked whenever the function posts an answer: whether it gets lost
    /// @param restoring called when the function is ready for its snapshot, and has time until it returns
    RuntimeApi(String functionArn, Duration timeout, BooleanSupplier losesAnswer, Runnable restoring) {
        this.functionArn = functionArn;
        this.timeout = timeout;
        this.losesAnswer = losesAnswer;
        this.restoring = restoring;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new LocalStackException("The local Runtime API did not start: " + e.getMessage() + ".", e);
        }
        server.setExecutor(threads);
        server.createContext(PREFIX + "invocation/next", this::next);
        server.createContext(PREFIX + "invocation/", this::outcome);
        server.createContext(PREFIX + "init/error", this::initError);
        server.createContext(PREFIX + "restore/next", this::restoreNext);
        server.createContext(PREFIX + "restore/error", this::initError);
        server.start();
    }

    /// `host:port`, as the runtime client wants it.
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Completes when the runtime client asks for its first event: the function's static init is done.
    CompletableFuture<Void> ready() {
        return ready;
    }

    /// Completes with what the runtime client posted when the function's static init failed, or its restore.
    CompletableFuture<String> initError() {
        return initError;
    }

    /// Hands an event to the runtime client; completes with what it posts.
    CompletableFuture<Invocation> offer(String requestId, String eventJson) {
        CompletableFuture<Invocation> outcome = new CompletableFuture<>();
        underWay.put(requestId, outcome);
        events.add(new Event(requestId, eventJson));
        return outcome;
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        try (exchange) {
            Event event = events.take();
            byte[] json = event.json().getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Lambda-Runtime-Aws-Request-Id", event.requestId());
            headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + timeout.toMillis()));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
            headers.set("Lambda-Runtime-Trace-Id", traceId());
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void outcome(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring((PREFIX + "invocation/").length());
            String[] parts = path.split("/", -1);
            String body = body(exchange);
            CompletableFuture<Invocation> outcome = parts.length == 2 ? underWay.remove(parts[0]) : null;
            boolean known = outcome != null && (parts[1].equals("response") || parts[1].equals("error"));
            if (outcome != null && losesAnswer.getAsBoolean()) {
                outcome.complete(FunctionEnvironment.failure("Runtime.Unknown", "The function's answer was lost"));
                return;
            }
            if (outcome != null && known) {
                outcome.complete(new Invocation(parts[1].equals("response"), body));
            }
            answer(exchange, known ? 202 : 400);
        }
    }

    /// Under SnapStart the runtime client asks here when its init is done. On AWS the answer comes in the clones.
    private void restoreNext(HttpExchange exchange) throws IOException {
        try (exchange) {
            restoring.run();
            answer(exchange, 200);
        }
    }

    private void initError(HttpExchange exchange) throws IOException {
        try (exchange) {
            initError.complete(body(exchange));
            answer(exchange, 202);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] json = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    private static String traceId() {
        String hex = UUID.randomUUID().toString().replace("-", "");
        return "Root=1-%s-%s;Parent=%s;Sampled=0"
                .formatted(hex.substring(0, 8), hex.substring(8, 32), hex.substring(0, 16));
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
