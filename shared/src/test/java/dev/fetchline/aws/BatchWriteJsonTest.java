package dev.fetchline.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.record.BodyStorage;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordMapper;
import dev.fetchline.record.ResultRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonNodeParser;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What comes over the wire, beside what the SDK's own marshaller sends for the same request.
class BatchWriteJsonTest {
    private final Deque<Received> received = new ConcurrentLinkedDeque<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;
    private DynamoDbAsyncClient ours;
    private DynamoDbAsyncClient theirs;

    private record Received(String target, String type, String length, String contentSha256, byte[] body) {
        JsonNode json() {
            return JsonNodeParser.create().parse(body);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", this::take);
        server.start();
        ours = client(List.of(new BatchWriteJson()));
        theirs = client(List.of());
    }

    private DynamoDbAsyncClient client(List<ExecutionInterceptor> interceptors) {
        return DynamoDbAsyncClient.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                .overrideConfiguration(its -> its.executionInterceptors(interceptors))
                .build();
    }

    private synchronized void take(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        received.add(new Received(
                headers.getFirst("X-Amz-Target"),
                headers.getFirst("Content-Type"),
                headers.getFirst("Content-Length"),
                String.valueOf(headers.getFirst("x-amz-content-sha256")),
                exchange.getRequestBody().readAllBytes()));
        byte[] answer = "{\"UnprocessedItems\":{}}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(statuses.isEmpty() ? 200 : statuses.remove(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @AfterEach
    void stop() {
        ours.close();
        theirs.close();
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void the_document_is_the_one_that_the_sdk_writes(int seed) {
        Random random = new Random(seed);
        BatchWriteItemRequest request = request(Map.of(
                "results",
                IntStream.range(0, 1 + random.nextInt(25))
                        .mapToObj(_ -> put(random))
                        .toList()));

        assertThat(ours.batchWriteItem(request).join()).isInstanceOf(BatchWriteItemResponse.class);
        theirs.batchWriteItem(request).join();

        Received mine = received.remove();
        Received sdks = received.remove();
        assertThat(mine.json()).isEqualTo(sdks.json());
        assertThat(mine.target()).isEqualTo(sdks.target()).endsWith("BatchWriteItem");
        assertThat(mine.type()).isEqualTo(sdks.type());
        assertThat(mine.length()).isEqualTo(Integer.toString(mine.body().length));
        assertThat(mine.contentSha256()).isEqualTo(sdks.contentSha256());
    }

    @Test
    void a_record_with_what_came_of_its_item_before_is_the_one_that_the_sdk_writes() {
        Earlier earlier = new Earlier(
                "FAILED", 503, new Earlier.Failure("K", "\"d\" é \u2028"), 4, Instant.parse("2026-01-01T00:00:00Z"), 2);
        ResultRecord record = new RecordMapper(BodyStorage.TEXT, 16_384, Duration.ofDays(30))
                .ofInvalid(
                        new RecordMapper.Asked(new RecordKey("b", "u"), new Origin("m", 5), 0),
                        InvalidItem.ofText("t", "r").withEarlier(earlier),
                        Instant.EPOCH);
        BatchWriteItemRequest request = request(Map.of(
                "results",
                List.of(WriteRequest.builder()
                        .putRequest(its -> its.item(record.item()))
                        .build())));

        JsonNode mine = sentBy(ours, request);
        assertThat(mine).isEqualTo(sentBy(theirs, request));
        assertThat(mine.toString()).contains("earlier");
    }

    @Test
    void several_tables_are_written_in_one_call() {
        Random random = new Random(7);
        BatchWriteItemRequest request = request(
                Map.of("one", List.of(put(random)), "two", List.of(put(random), put(random)), "none", List.of()));

        assertThat(sentBy(ours, request)).isEqualTo(sentBy(theirs, request));
    }

    @Test
    void what_is_more_than_puts_is_left_to_the_sdk() {
        WriteRequest delete = WriteRequest.builder()
                .deleteRequest(its -> its.key(Map.of("batchId", AttributeValue.fromS("b"))))
                .build();
        BatchWriteItemRequest deletes = request(Map.of("results", List.of(put(new Random(3)), delete)));
        BatchWriteItemRequest asks = request(Map.of("results", List.of(put(new Random(4))))).toBuilder()
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                .build();

        assertThat(sentBy(ours, deletes)).isEqualTo(sentBy(theirs, deletes));
        assertThat(sentBy(ours, asks)).isEqualTo(sentBy(theirs, asks));
        assertThat(sentBy(ours, asks).asObject()).containsKey("ReturnConsumedCapacity");
    }

    @Test
    void a_call_that_is_tried_again_sends_the_same_document_again() {
        statuses.add(500);
        BatchWriteItemRequest request = request(Map.of("results", List.of(put(new Random(5)))));

        ours.batchWriteItem(request).join();

        assertThat(received).hasSize(2);
        assertThat(received.remove().json()).isEqualTo(received.remove().json());
    }

    @Test
    void what_is_no_unicode_is_sent_as_the_sdk_sends_it() {
        BatchWriteItemRequest request = request(Map.of(
                "results",
                List.of(WriteRequest.builder()
                        .putRequest(its -> its.item(Map.of("url", AttributeValue.fromS("half \ud800 a pair"))))
                        .build())));

        assertThat(sentBy(ours, request)).isEqualTo(sentBy(theirs, request));
    }

    @Test
    void another_operation_is_the_sdks() {
        ours.putItem(its -> its.tableName("results").item(Map.of("url", AttributeValue.fromS("u"))))
                .join();

        assertThat(received.remove().json().asObject()).containsOnlyKeys("TableName", "Item");
    }

    private JsonNode sentBy(DynamoDbAsyncClient client, BatchWriteItemRequest request) {
        client.batchWriteItem(request).join();
        return received.remove().json();
    }

    private static BatchWriteItemRequest request(Map<String, List<WriteRequest>> tables) {
        return BatchWriteItemRequest.builder().requestItems(tables).build();
    }

    private static WriteRequest put(Random random) {
        return WriteRequest.builder()
                .putRequest(its -> its.item(map(random, 0)))
                .build();
    }

    private static Map<String, AttributeValue> map(Random random, int depth) {
        Map<String, AttributeValue> map = new LinkedHashMap<>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }

    private static AttributeValue value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 8 : 11)) {
            case 0 -> AttributeValue.fromN(Long.toString(random.nextLong()));
            case 1 -> AttributeValue.fromBool(random.nextBoolean());
            case 2 -> AttributeValue.fromNul(true);
            case 3 -> AttributeValue.fromB(bytes(random));
            case 4 -> AttributeValue.fromSs(List.of(text(random), text(random)));
            case 5 -> AttributeValue.fromNs(List.of("1", "-2.5"));
            case 6 -> AttributeValue.fromBs(List.of(bytes(random), bytes(random)));
            case 7 -> random.nextInt(20) == 0 ? AttributeValue.builder().build() : AttributeValue.fromS(text(random));
            case 8 -> AttributeValue.fromM(random.nextBoolean() ? Map.of() : map(random, depth + 1));
            case 9 -> {
                List<AttributeValue> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(value(random, depth + 1));
                }
                yield AttributeValue.fromL(values);
            }
            default -> AttributeValue.fromS(text(random));
        };
    }

    private static SdkBytes bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(3_000)];
        random.nextBytes(bytes);
        return SdkBytes.fromByteArray(bytes);
    }

    /// Of all planes, the characters that JSON escapes among them; now and then longer than any buffer.
    private static String text(Random random) {
        int length = random.nextInt(50) == 0 ? 20_000 : random.nextInt(40);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append("\"\\/\u2028\u007f".charAt(random.nextInt(5)));
                case 2 -> text.appendCodePoint(0x1f300 + random.nextInt(200));
                case 3 -> text.append((char) (0xa0 + random.nextInt(0x2000)));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        return text.toString();
    }
}
