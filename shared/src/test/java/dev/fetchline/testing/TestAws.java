package dev.fetchline.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// The few operations of DynamoDB and SQS that the function uses, over HTTP in their JSON protocols, with faults on
/// demand: what no local server can be made to do (throttle, leave items unprocessed, fail).
public final class TestAws implements AutoCloseable {
    private final HttpServer server;
    private final Map<List<String>, JsonNode> items = new LinkedHashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> sent = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> sentInBatches = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> visibilityChanges = Collections.synchronizedList(new ArrayList<>());
    private final List<JsonNode> rows = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Deque<Answer>> faults = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// An answer in place of the real one.
    public record Answer(int status, String body) {
        /// An error in the form of the JSON protocols.
        public static Answer error(int status, String type) {
            return new Answer(
                    status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"as told\"}");
        }

        /// For BatchWriteItem: writes nothing and says so, with a success.
        public static final Answer ALL_UNPROCESSED = new Answer(-1, "");

        /// For BatchWriteItem: writes every second item.
        public static final Answer HALF_UNPROCESSED = new Answer(-2, "");

        /// Takes the request and never answers.
        public static final Answer NONE = new Answer(-3, "");

        /// Does as asked, and closes the connection instead of answering.
        public static final Answer LOST = new Answer(-7, "");

        /// For SendMessageBatch: the first and every second entry after it fail by a fault of the service.
        public static final Answer HALF_FAILED = new Answer(-4, "");

        /// For SendMessageBatch: the first and every second entry after it fail by a fault of the sender.
        public static final Answer HALF_REFUSED = new Answer(-5, "");

        /// For SendMessageBatch: takes the first and every second entry after it, and does not name the others.
        public static final Answer HALF_UNNAMED = new Answer(-6, "");
    }

    private TestAws(HttpServer server) {
        this.server = server;
    }

    public static TestAws start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 100);
            TestAws aws = new TestAws(server);
            server.createContext("/", aws::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return aws;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The next `times` calls of an operation get this answer.
    public TestAws fault(String operation, int times, Answer answer) {
        Deque<Answer> queue = faults.computeIfAbsent(operation, _ -> new ArrayDeque<>());
        synchronized (queue) {
            queue.addAll(Collections.nCopies(times, answer));
        }
        return this;
    }

    public DynamoDbAsyncClient dynamoDb() {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(AwsCrtAsyncHttpClient.create())
                .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(1)))
                .build();
    }

    public SqsAsyncClient sqs() {
        return SqsAsyncClient.builder()
                .endpointOverride(endpoint())
                .checksumValidationEnabled(false)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClient(AwsCrtAsyncHttpClient.create())
                .overrideConfiguration(o -> o.retryStrategy(s -> s.maxAttempts(1)))
                .build();
    }

    public String queueUrl(String name) {
        return endpoint() + "/000000000000/" + name;
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// The item of a key as DynamoDB's JSON, or null.
    public JsonNode item(String batchId, String url) {
        synchronized (items) {
            return items.get(List.of(batchId, url));
        }
    }

    /// A text or number attribute of an item, or null.
    public String attribute(String batchId, String url, String name) {
        JsonNode item = item(batchId, url);
        if (item == null || item.field(name).isEmpty()) {
            return null;
        }
        JsonNode value = item.field(name).get();
        return value.field("S").or(() -> value.field("N")).orElseThrow().text();
    }

    public int itemCount() {
        synchronized (items) {
            return items.size();
        }
    }

    /// The rows of the batches table, in the order in which they were written.
    public List<JsonNode> rows() {
        synchronized (rows) {
            return List.copyOf(rows);
        }
    }

    /// Names of the operations called so far, in order.
    public List<String> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    /// The SendMessage requests accepted so far.
    public List<JsonNode> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /// The entries of SendMessageBatch accepted so far, in order.
    public List<JsonNode> sentInBatches() {
        synchronized (sentInBatches) {
            return List.copyOf(sentInBatches);
        }
    }

    /// The entries of ChangeMessageVisibilityBatch so far.
    public List<JsonNode> visibilityChanges() {
        synchronized (visibilityChanges) {
            return List.copyOf(visibilityChanges);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation = target.substring(target.indexOf('.') + 1);
        calls.add(operation);
        JsonNode request = JsonNodeParser.create().parse(exchange.getRequestBody());
        Answer fault = nextFault(operation);
        Answer answer = answer(operation, request, fault);
        if (answer == Answer.NONE) {
            waitForClose();
            return;
        }
        if (fault == Answer.LOST) {
            exchange.close();
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Answer answer(String operation, JsonNode request, Answer fault) {
        if (fault != null && (fault.status() > 0 || fault == Answer.NONE)) {
            return fault;
        }
        return switch (operation) {
            case "BatchWriteItem" -> batchWrite(request, fault);
            case "PutItem" -> put(request);
            case "BatchGetItem" -> batchGet(request);
            case "SendMessage" -> {
                sent.add(request);
                yield new Answer(200, "{\"MessageId\":\"m\"}");
            }
            case "SendMessageBatch" -> sendBatch(request, fault);
            case "ChangeMessageVisibilityBatch" -> {
                visibilityChanges.addAll(request.field("Entries").orElseThrow().asArray());
                yield new Answer(200, "{\"Successful\":[],\"Failed\":[]}");
            }
            default -> Answer.error(400, "UnknownOperationException");
        };
    }

    private Answer nextFault(String operation) {
        Deque<Answer> queue = faults.getOrDefault(operation, new ArrayDeque<>());
        synchronized (queue) {
            return queue.poll();
        }
    }

    private Answer batchWrite(JsonNode request, Answer fault) {
        StringBuilder unprocessed = new StringBuilder();
        String table = "";
        int index = 0;
        for (var entry : request.field("RequestItems").orElseThrow().asObject().entrySet()) {
            table = entry.getKey();
            for (JsonNode write : entry.getValue().asArray()) {
                JsonNode item =
                        write.field("PutRequest").orElseThrow().field("Item").orElseThrow();
                boolean skip =
                        fault == Answer.ALL_UNPROCESSED || (fault == Answer.HALF_UNPROCESSED && index++ % 2 == 0);
                if (skip) {
                    unprocessed.append(unprocessed.isEmpty() ? "" : ",").append(write);
                } else {
                    store(item);
                }
            }
        }
        return new Answer(
                200,
                unprocessed.isEmpty()
                        ? "{\"UnprocessedItems\":{}}"
                        : "{\"UnprocessedItems\":{\"" + table + "\":[" + unprocessed + "]}}");
    }

    private void store(JsonNode item) {
        if (item.field("entry").isPresent()) {
            rows.add(item);
            return;
        }
        synchronized (items) {
            items.put(keyOf(item), item);
        }
    }

    private static List<String> keyOf(JsonNode item) {
        return List.of(text(item, "batchId"), text(item, "url"));
    }

    private static String text(JsonNode item, String name) {
        return item.field(name).orElseThrow().field("S").orElseThrow().text();
    }

    private static long number(JsonNode item, String name) {
        return Long.parseLong(
                item.field(name).orElseThrow().field("N").orElseThrow().text());
    }

    /// The conditions that the function uses: none there yet, one of an earlier request, or an unfinished one of this
    /// request that was deferred less often.
    private Answer put(JsonNode request) {
        JsonNode item = request.field("Item").orElseThrow();
        synchronized (items) {
            JsonNode there = items.get(keyOf(item));
            boolean conditional = request.field("ConditionExpression").isPresent();
            if (conditional && there != null && !standsAbove(item, there)) {
                return Answer.error(400, "ConditionalCheckFailedException");
            }
            items.put(keyOf(item), item);
        }
        return new Answer(200, "{}");
    }

    private static boolean standsAbove(JsonNode item, JsonNode there) {
        if (number(there, "requestedAt") != number(item, "requestedAt")) {
            return number(there, "requestedAt") < number(item, "requestedAt");
        }
        return text(there, "status").equals("RETRYING")
                && (!text(item, "status").equals("RETRYING") || number(there, "hop") < number(item, "hop"));
    }

    private Answer batchGet(JsonNode request) {
        StringBuilder found = new StringBuilder();
        String table = "";
        for (var entry : request.field("RequestItems").orElseThrow().asObject().entrySet()) {
            table = entry.getKey();
            for (JsonNode key : entry.getValue().field("Keys").orElseThrow().asArray()) {
                JsonNode item = item(text(key, "batchId"), text(key, "url"));
                if (item != null) {
                    found.append(found.isEmpty() ? "" : ",").append(item);
                }
            }
        }
        return new Answer(200, "{\"Responses\":{\"" + table + "\":[" + found + "]},\"UnprocessedKeys\":{}}");
    }

    private Answer sendBatch(JsonNode request, Answer fault) {
        List<String> successful = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        int index = 0;
        for (JsonNode entry : request.field("Entries").orElseThrow().asArray()) {
            String id = entry.field("Id").orElseThrow().text();
            boolean isFirstOfTwo = index++ % 2 == 0;
            if (isFirstOfTwo && (fault == Answer.HALF_FAILED || fault == Answer.HALF_REFUSED)) {
                failed.add(failedEntry(id, fault == Answer.HALF_REFUSED));
            } else if (isFirstOfTwo || fault != Answer.HALF_UNNAMED) {
                sentInBatches.add(entry);
                successful.add("{\"Id\":\"" + id + "\",\"MessageId\":\"m\",\"MD5OfMessageBody\":\"\"}");
            }
        }
        return new Answer(
                200,
                "{\"Successful\":[" + String.join(",", successful) + "],\"Failed\":[" + String.join(",", failed)
                        + "]}");
    }

    private static String failedEntry(String id, boolean isSenderFault) {
        return "{\"Id\":\"" + id + "\",\"SenderFault\":" + isSenderFault + ",\"Code\":\""
                + (isSenderFault ? "InvalidMessageContents" : "InternalError") + "\",\"Message\":\"as told\"}";
    }

    private void waitForClose() {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
