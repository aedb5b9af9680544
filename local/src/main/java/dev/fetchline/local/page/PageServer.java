package dev.fetchline.local.page;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Serves the page of a stack on 127.0.0.1, to whoever knows its address with the token in it.
public final class PageServer implements AutoCloseable {
    static {
        // Without it every answer waits 40 ms for the client's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PageFiles files = PageFiles.read();
    private final PageGate gate;
    private final PageApi api;

    private PageServer(HttpServer server, PageApi api) {
        this.server = server;
        this.api = api;
        gate = PageGate.onPort(server.getAddress().getPort());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /// Starts serving.
    ///
    /// @param target the stack to show; the caller closes it after the server
    /// @param port 0 for a free one
    /// @throws TargetException if the port is taken
    public static PageServer start(Target target, int port) {
        try {
            PageServer started = new PageServer(
                    HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0),
                    new PageApi(target));
            started.server.start();
            return started;
        } catch (IOException e) {
            throw new TargetException(
                    "the page cannot be served on port " + port + " of 127.0.0.1 (" + e.getMessage()
                            + "): name another with --port, or 0 for a free one.",
                    e);
        }
    }

    /// What to open in a browser. Whoever has it can see everything in the stack: it is not for others to read.
    public URI url() {
        return URI.create("http://127.0.0.1:" + gate.port() + "/" + gate.token() + "/");
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closed without an answer, an exchange takes its connection with it.
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private PageAnswer answer(HttpExchange exchange) {
        try {
            URI uri = exchange.getRequestURI();
            PageRequest request = PageRequest.of(
                    exchange.getRequestMethod(),
                    uri.getRawPath() == null ? "/" : uri.getRawPath(),
                    uri.getRawQuery(),
                    headersOf(exchange));
            Optional<PageAnswer> refusal = gate.refusal(request);
            if (refusal.isEmpty() && uri.getRawPath().equals("/" + gate.token())) {
                // The page's files are beside its address only when that ends with a slash.
                exchange.getResponseHeaders().set("Location", url().getRawPath());
                return PageAnswer.sentence(308, "The page's address ends with a slash.");
            }
            return refusal.orElseGet(() -> files.at(request.path()).orElseGet(() -> api.answer(request)));
        } catch (PageException e) {
            return PageAnswer.sentence(e.status(), String.valueOf(e.getMessage()));
        } catch (AwsServiceException e) {
            AwsErrorDetails details = e.awsErrorDetails();
            return PageAnswer.sentence(
                    e.statusCode() < 500 ? 400 : 502,
                    "The stack refuses this: " + (details == null ? e.getMessage() : details.errorMessage()));
        } catch (SdkException e) {
            return PageAnswer.sentence(502, "The stack does not answer: " + e.getMessage());
        } catch (RuntimeException e) {
            return PageAnswer.sentence(500, "Unexpected " + e + ": please report it.");
        }
    }

    /// A target that names a host of its own overrides the header (RFC 9112, section 3.2.2).
    private static Headers headersOf(HttpExchange exchange) {
        String named = exchange.getRequestURI().getRawAuthority();
        if (named == null) {
            return exchange.getRequestHeaders();
        }
        Headers headers = new Headers(exchange.getRequestHeaders());
        headers.set("Host", named);
        return headers;
    }

    private static void send(HttpExchange exchange, PageAnswer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Content-Security-Policy", answer.policy());
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        // Names of the hosts that a page links to are looked up otherwise.
        headers.set("X-DNS-Prefetch-Control", "off");
        if (answer.status() == 405) {
            headers.set("Allow", "GET");
        }
        boolean isEmpty =
                answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : answer.body().length);
        if (!isEmpty) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    /// Stops at once; requests under way get no answer.
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
