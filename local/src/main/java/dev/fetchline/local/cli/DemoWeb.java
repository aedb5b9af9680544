package dev.fetchline.local.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;

/// A small web on 127.0.0.1 with a page of every temper, for `demo`.
///
/// | path | what it does |
/// |---|---|
/// | `/fast` | answers at once |
/// | `/slow/…` | answers after a second |
/// | `/missing` | 404 |
/// | `/moved` | redirects to `/fast` |
/// | `/compressed` | answers in gzip |
/// | `/busy` | 503 with `Retry-After: 1` the first time, then answers |
/// | `/endless` | a body that never ends |
final class DemoWeb implements AutoCloseable {
    static final Duration SLOWNESS = Duration.ofSeconds(1);

    private final AtomicBoolean busyBefore = new AtomicBoolean();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private DemoWeb(HttpServer server) {
        this.server = server;
    }

    /// Starts it on a free port.
    static DemoWeb start() {
        // Without it the JDK's server holds small answers back for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            DemoWeb web =
                    new DemoWeb(HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 128));
            web.server.setExecutor(web.requests);
            web.server.createContext("/", web::answer);
            web.server.start();
            return web;
        } catch (IOException e) {
            throw CliException.usage("cannot start the demo web on 127.0.0.1: %s.".formatted(e.getMessage()));
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// The absolute URL of a path.
    String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            switch (path) {
                case "/fast" -> page(exchange, 200, "fast");
                case "/moved" -> {
                    exchange.getResponseHeaders().set("Location", "/fast");
                    page(exchange, 302, "moved to /fast");
                }
                case "/compressed" -> compressed(exchange);
                case "/busy" -> busy(exchange);
                case "/endless" -> endless(exchange);
                default -> {
                    if (path.startsWith("/slow/")) {
                        slow(exchange);
                    } else {
                        page(exchange, 404, "nothing here");
                    }
                }
            }
        }
    }

    private static void page(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = html(text);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    private static byte[] html(String text) {
        return "<!doctype html><title>Fetchline demo</title><p>%s\n"
                .formatted(text)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void slow(HttpExchange exchange) throws IOException {
        try {
            Thread.sleep(SLOWNESS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        page(exchange, 200, "slow");
    }

    private static void compressed(HttpExchange exchange) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(body)) {
            gzip.write(html("compressed ".repeat(1_000)));
        }
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, body.size());
        body.writeTo(exchange.getResponseBody());
    }

    private void busy(HttpExchange exchange) throws IOException {
        if (busyBefore.getAndSet(true)) {
            page(exchange, 200, "busy no more");
        } else {
            exchange.getResponseHeaders().set("Retry-After", "1");
            page(exchange, 503, "busy");
        }
    }

    /// Writes until the other side has had enough; the IOException of that ends the exchange.
    private static void endless(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, 0);
        byte[] line = "and so on, ".repeat(100).getBytes(StandardCharsets.UTF_8);
        OutputStream body = exchange.getResponseBody();
        while (!Thread.currentThread().isInterrupted()) {
            body.write(line);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }
}
