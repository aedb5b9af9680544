package dev.fetchline.local.submit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fetchline.local.target.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// A queue over SQS' own protocol, which answers as a test tells it to, and remembers each call.
final class StubQueue implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Script script;

    /// What is to be answered.
    @FunctionalInterface
    interface Script {
        Answer answer(int call, List<Entry> entries);
    }

    /// One entry of a SendMessageBatch.
    ///
    /// @param group empty where there is none
    record Entry(String id, String body, String group) {}

    /// One call.
    ///
    /// @param bytes of all bodies
    record Call(List<Entry> entries, Answer answer) {
        int bytes() {
            return entries.stream().mapToInt(entry -> entry.body().length()).sum();
        }
    }

    /// An answer of SQS.
    ///
    /// @param error the fault of the whole call; empty for none
    /// @param failed code and message of each entry that is not taken, by its id
    record Answer(int status, String error, Map<String, Failure> failed) {
        static final Answer OK = new Answer(200, "", Map.of());

        static Answer failing(Map<String, Failure> failed) {
            return new Answer(200, "", failed);
        }

        static Answer error(int status, String error) {
            return new Answer(status, error, Map.of());
        }
    }

    record Failure(boolean isSender, String code, String message) {}

    private StubQueue(Script script) throws IOException {
        this.script = script;
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static StubQueue start(Script script) {
        try {
            return new StubQueue(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SqsAsyncClient client() {
        return Access.local()
                .applyTo(SqsAsyncClient.builder(), URI.create(url()))
                .overrideConfiguration(settings -> settings.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String queueUrl() {
        return url() + "/000000000000/queue";
    }

    /// All calls so far.
    List<Call> calls() {
        return calls;
    }

    /// The bodies that were taken, those that came twice twice.
    List<String> taken() {
        return calls.stream()
                .filter(call -> call.answer().error().isEmpty())
                .flatMap(call -> call.entries().stream()
                        .filter(entry -> !call.answer().failed().containsKey(entry.id())))
                .map(Entry::body)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Entry> entries = entries(exchange.getRequestBody().readAllBytes());
            Call call;
            synchronized (this) {
                call = new Call(entries, script.answer(calls.size(), entries));
                calls.add(call);
            }
            byte[] body = body(call).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(call.answer().status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String body(Call call) {
        if (!call.answer().error().isEmpty()) {
            return "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"on purpose\"}"
                    .formatted(call.answer().error());
        }
        Map<String, Failure> failed = call.answer().failed();
        return "{\"Successful\":[%s],\"Failed\":[%s]}"
                .formatted(
                        call.entries().stream()
                                .filter(entry -> !failed.containsKey(entry.id()))
                                .map(entry -> "{\"Id\":\"%s\",\"MessageId\":\"m%s\",\"MD5OfMessageBody\":\"%s\"}"
                                        .formatted(entry.id(), entry.id(), md5(entry.body())))
                                .collect(Collectors.joining(",")),
                        failed.entrySet().stream()
                                .map(its -> "{\"Id\":\"%s\",\"SenderFault\":%s,\"Code\":\"%s\",\"Message\":\"%s\"}"
                                        .formatted(
                                                its.getKey(),
                                                its.getValue().isSender(),
                                                its.getValue().code(),
                                                its.getValue().message()))
                                .collect(Collectors.joining(",")));
    }

    /// The client compares it.
    private static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Entry> entries(byte[] request) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(request)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    fields.put(json.currentName(), json.getText());
                } else if (token == JsonToken.END_OBJECT && fields.containsKey("Id")) {
                    entries.add(new Entry(
                            fields.get("Id"), fields.get("MessageBody"), fields.getOrDefault("MessageGroupId", "")));
                    fields.clear();
                }
            }
        }
        return entries;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
