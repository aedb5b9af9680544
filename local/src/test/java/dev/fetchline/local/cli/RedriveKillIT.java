package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A redrive that is ended in its middle.
@Timeout(300)
class RedriveKillIT {
    private static final Pattern HANDLE = Pattern.compile("\"ReceiptHandle\":\"([^\"]+)\"");

    @TempDir
    Path directory;

    private HttpServer web;
    private UpStack up;

    @BeforeEach
    void start() throws IOException {
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        web.start();
        up = UpStack.start(directory, web.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        up.close();
        web.stop(0);
    }

    private void kill(String batchId, int number) {
        up.kill(
                "{\"batchId\":\"%s\",\"urls\":[\"http://127.0.0.1:%d/%d\"]}"
                        .formatted(batchId, web.getAddress().getPort(), number),
                Map.of());
    }

    private String requestedAt(String batchId) {
        String url = "http://127.0.0.1:%d/0".formatted(web.getAddress().getPort());
        return Objects.requireNonNull(up.record(batchId, url).get("requestedAt"))
                .n();
    }

    private static String said(CliProcess process) {
        try {
            return Files.readString(process.err());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void killed_between_the_send_and_the_delete_it_leaves_a_duplicate_and_loses_nothing() throws Exception {
        kill("killed", 0);
        try (QueueProxy proxy = new QueueProxy(URI.create(up.fields().get("sqsEndpoint")), "DeleteMessageBatch");
                CliProcess redrive = CliProcess.start(
                        directory, "", "redrive", "--endpoint", proxy.endpoint(), "--from", "dead-letter", "--yes")) {
            Matcher handle = HANDLE.matcher(proxy.awaitHeld());
            assertThat(handle.find()).isTrue();
            redrive.signal("KILL");
            // It was sent, and it is still where it was, hidden.
            UpStack.until(() -> up.records("killed") == 1);
            assertThat(up.deadLetters()).isEqualTo(List.of(0L, 1L));
            up.sqs()
                    .changeMessageVisibility(
                            request -> request.queueUrl(up.fields().get("deadLetterQueueUrl"))
                                    .receiptHandle(handle.group(1))
                                    .visibilityTimeout(0))
                    .join();
        }
        String first = requestedAt("killed");
        try (CliProcess again = CliProcess.start(directory, "", "redrive", "--from", "dead-letter", "--yes")) {
            CliProcess.Result result = again.await();
            assertThat(result.out()).contains("Sent again: 1 URL in 1 message.");
            assertThat(result.exitCode()).isZero();
        }
        // The duplicate does no harm: one record, of the later request.
        UpStack.until(() -> !requestedAt("killed").equals(first));
        assertThat(up.records("killed")).isEqualTo(1);
        assertThat(up.deadLetters()).isEqualTo(List.of(0L, 0L));
    }

    @Test
    void interrupted_it_finishes_what_it_has_begun_and_shows_the_rest_again() throws Exception {
        for (int i = 0; i < 25; i++) {
            kill("stopped", i);
        }
        try (QueueProxy proxy = new QueueProxy(URI.create(up.fields().get("sqsEndpoint")), "SendMessageBatch");
                CliProcess redrive = CliProcess.start(
                        directory, "", "redrive", "--endpoint", proxy.endpoint(), "--from", "dead-letter", "--yes")) {
            proxy.awaitHeld();
            new ProcessBuilder("kill", "-INT", Long.toString(redrive.process().pid()))
                    .start()
                    .waitFor();
            // Released before it has heard the signal it could be done with everything.
            UpStack.until(() -> said(redrive).contains("stopping"));
            proxy.release();
            CliProcess.Result result = redrive.await();
            assertThat(result.err())
                    .isEqualTo("fetchline: stopping when what has begun is done; Ctrl-C again ends it at once.\n");
            assertThat(result.out())
                    .contains("To be sent again: 25 URLs of 25 messages.")
                    .contains(
                            "Stopped. Sent again: 10 URLs in 10 messages.\n10 messages are gone from the dead-letter");
            assertThat(result.exitCode()).isEqualTo(130);
        }
        assertThat(up.deadLetters()).isEqualTo(List.of(15L, 0L));
        UpStack.until(() -> up.records("stopped") == 10);
    }
}
