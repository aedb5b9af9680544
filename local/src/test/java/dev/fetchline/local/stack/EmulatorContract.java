package dev.fetchline.local.stack;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.Message;

/// What holds of a local stack wherever its queues and table are: in servers of its own, or in an emulator of another
/// make. Each test starts a stack, and leaves in the emulator what it has made.
@Timeout(300)
interface EmulatorContract {
    /// Where the emulator is; null for servers of our own.
    @Nullable
    URI emulator();

    @Test
    default void every_url_of_every_message_has_its_record(@TempDir Path directory) throws IOException {
        try (Web web = Web.start();
                LocalStack stack = function(directory)) {
            String batch = UUID.randomUUID().toString();
            stack.startEventSourceMapping();
            List<String> ids = stack.send(List.of(
                    web.url("/text") + "\n" + web.url("/missing"),
                    "{\"batchId\":\"%s\",\"urls\":[\"%s\",\"no url\",\"http://169.254.169.254/\"]}"
                            .formatted(batch, web.url("/object"))));
            awaitEmpty(stack);

            assertThat(statuses(stack, ids.getFirst()))
                    .isEqualTo(Map.of(web.url("/text"), "OK", web.url("/missing"), "HTTP_ERROR"));
            assertThat(statuses(stack, batch).values()).containsExactlyInAnyOrder("OK", "INVALID", "REFUSED");
        }
    }

    @Test
    default void what_cannot_be_read_goes_to_the_dead_letter_queue_with_the_reason(@TempDir Path directory) {
        try (LocalStack stack = function(directory)) {
            stack.startEventSourceMapping();
            String body = "{\"batchId\":\"%s\",\"urls\":5}".formatted(UUID.randomUUID());
            String id = stack.send(List.of(body)).getFirst();
            awaitEmpty(stack);

            Message letter = stack.deadLetterMessages().stream()
                    .filter(message -> message.body().equals(body))
                    .findFirst()
                    .orElseThrow();
            assertThat(letter.messageAttributes().get("originalMessageId").stringValue())
                    .isEqualTo(id);
            assertThat(letter.messageAttributes().get("reason").stringValue()).contains("urls");
            assertThat(stack.deadLetters()).isPositive();
        }
    }

    /// By way of a message with a delay, a record that is not final, and one that takes its place on a condition.
    @Test
    default void what_is_not_done_in_time_is_deferred_and_done_later(@TempDir Path directory) throws IOException {
        try (Web web = Web.start();
                LocalStack stack = function(directory)) {
            String batch = UUID.randomUUID().toString();
            stack.startEventSourceMapping();
            stack.send(List.of("{\"batchId\":\"%s\",\"urls\":[\"%s\"]}".formatted(batch, web.url("/busy"))));
            Until.holds("it is deferred", () -> statuses(stack, batch).containsValue("RETRYING"));
            assertThat(stack.queueCounts().all()).isPositive();
            awaitEmpty(stack);

            assertThat(statuses(stack, batch)).isEqualTo(Map.of(web.url("/busy"), "OK"));
        }
    }

    @Test
    default void a_message_that_fails_comes_again_alone_and_in_the_end_is_a_dead_letter(@TempDir Path directory) {
        try (LocalStack stack =
                LocalStack.start(Probe.settings(directory, false, Map.of("VisibilityTimeout", "3"), Map.of())
                        .withEmulator(emulator()))) {
            assertThat(stack.invoke(Probe.event("ok")).succeeded()).isTrue();
            stack.startEventSourceMapping();
            List<String> ids = stack.send(List.of("ok", "fail-once", "fail for ever"));
            Until.holds(
                    "it is a dead letter",
                    () -> stack.deadLetterMessages().stream()
                            .anyMatch(letter -> letter.messageId().equals(ids.get(2))));

            assertThat(Probe.deliveries(stack, ids.get(0))).hasSize(1);
            assertThat(Probe.deliveries(stack, ids.get(1)))
                    .extracting(Probe.Delivery::receive)
                    .containsExactly(1, 2);
            assertThat(Probe.deliveries(stack, ids.get(2))).hasSize(3);
        }
    }

    /// The product's own function and template.
    private LocalStack function(Path directory) {
        return LocalStack.start(new LocalStackSettings(
                        Path.of("..", "template.yaml"),
                        LocalStackSettings.artifactOfThisMachine(
                                Path.of("..", "functions", "fetch", "target", "lambda")),
                        Map.of("BatchWindowSeconds", "1"),
                        Map.of(
                                "FETCH_ALLOW_NETWORKS", "127.0.0.0/8",
                                "FETCH_ALLOW_PORTS", "1024-65535",
                                "FETCH_WAIT_INSIDE_MAX_MS", "100"),
                        directory,
                        false)
                .withEmulator(emulator()));
    }

    private static void awaitEmpty(LocalStack stack) {
        Until.holds("the queue is empty", () -> stack.messagesLeft() == 0);
    }

    private static Map<String, String> statuses(LocalStack stack, String batch) {
        return stack.records().stream()
                .filter(record -> AttributeValue.fromS(batch).equals(record.get("batchId")))
                .collect(toMap(
                        record -> record.get("url").s(),
                        record -> record.get("status").s()));
    }

    /// Answers 404 for `/missing`, 503 the first time for `/busy`, else 200.
    record Web(HttpServer server, Set<String> seen) implements AutoCloseable {
        static Web start() throws IOException {
            Web web = new Web(
                    HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 16),
                    ConcurrentHashMap.newKeySet());
            web.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            web.server.createContext("/", web::answer);
            web.server.start();
            return web;
        }

        String url(String path) {
            return "http://127.0.0.1:" + server.getAddress().getPort() + path;
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                boolean busy = path.equals("/busy") && seen.add(path);
                if (busy) {
                    exchange.getResponseHeaders().set("Retry-After", "2");
                }
                byte[] body = path.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(busy ? 503 : path.equals("/missing") ? 404 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
