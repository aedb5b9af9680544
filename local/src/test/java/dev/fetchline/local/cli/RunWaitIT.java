package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `run` against a server that says when to come back: longer than an invocation waits, so by way of the queue.
@Timeout(300)
class RunWaitIT {
    private static final String SENTENCE =
            "fetchline: 1 URL waits for its next try, at [0-9:]{8} UTC \\(%s: HTTP 503, %s\\);"
                    + " Ctrl-C ends the run, --set FETCH_RETRY_WAIT_MAX_MS=\\.\\.\\. shortens such waits\\.\n";

    @TempDir
    Path directory;

    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer web;

    /// Busy at the first request, and well at the second.
    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16);
        web.setExecutor(requests);
        web.createContext("/", exchange -> {
            try (exchange) {
                boolean first = asked.getAndIncrement() == 0;
                if (first) {
                    exchange.getResponseHeaders()
                            .set(
                                    "Retry-After",
                                    exchange.getRequestURI().getPath().substring(1));
                }
                exchange.sendResponseHeaders(first ? 503 : 200, -1);
            }
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
        requests.shutdownNow();
    }

    @Test
    void a_url_that_is_told_to_wait_is_waited_for() throws IOException, InterruptedException {
        CliProcess.Result run =
                run("/20", "--set", "FETCH_RETRY_WAIT_MAX_MS=3000").await();
        assertThat(run.out())
                .contains("\"status\":\"OK\",\"httpStatus\":200", "\"attempts\":2")
                .hasLineCount(1);
        // A machine that is busy elsewhere may look again only when so short a wait is over.
        assertThat(run.err()).matches("(" + SENTENCE.formatted(url("/20"), "told Retry-After: 20, cut to 3 s") + ")?");
        assertThat(run.exitCode()).isZero();
        assertThat(asked).hasValue(2);
    }

    @Test
    void a_run_that_is_interrupted_while_it_waits_names_what_is_retrying() throws IOException, InterruptedException {
        try (CliProcess run = run("/3600")) {
            while (run.process().isAlive() && !Files.readString(run.err()).endsWith("\n")) {
                LockSupport.parkNanos(20_000_000);
            }
            CliProcess.Ended ended = run.signal("INT");
            assertThat(ended.err())
                    .matches(SENTENCE.formatted(url("/3600"), "told to wait 3600 s")
                            + "fetchline: interrupted: 0 records were final, 1 URLs were unfinished"
                            + " \\(1 of them RETRYING\\)\\.\n");
            assertThat(ended.exitCode()).isEqualTo(130);
        }
    }

    private CliProcess run(String path, String... options) throws IOException {
        String port = Integer.toString(web.getAddress().getPort());
        String[] arguments = {
            "run", "--allow-network", "127.0.0.0/8", "--allow-port", port, "--set", "FETCH_WAIT_INSIDE_MAX_MS=0"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
        System.arraycopy(options, 0, all, arguments.length, options.length);
        return CliProcess.start(directory, url(path) + "\n", all);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + web.getAddress().getPort() + path;
    }
}
