package dev.fetchline.lambda.priming;

import dev.fetchline.lambda.priming.LoopbackServer.Answer;
import dev.fetchline.lambda.priming.LoopbackServer.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// Table and queues of priming: take everything, keep nothing, and are throttled now and then. The clients
/// know no endpoint and no credentials but these.
final class PrimingAws implements AutoCloseable {
    private static final Pattern ENTRY_ID = Pattern.compile("\"Id\":\"([^\"]+)\"");
    private static final int THROTTLED_EACH = 40;

    private final AtomicInteger calls = new AtomicInteger();
    private final LoopbackServer server;
    private final SdkOverJdk http = new SdkOverJdk();
    private final DynamoDbAsyncClient dynamoDb;
    private final SqsAsyncClient sqs;

    private PrimingAws() throws IOException {
        server = LoopbackServer.start(new ServerSocket(), this::answer);
        dynamoDb = configure(DynamoDbAsyncClient.builder()).httpClient(http).build();
        // The answers here have no checksums of the messages.
        sqs = configure(SqsAsyncClient.builder())
                .httpClient(http)
                .checksumValidationEnabled(false)
                .build();
    }

    static PrimingAws start() throws IOException {
        return new PrimingAws();
    }

    private <B extends AwsClientBuilder<B, C>, C> B configure(B builder) {
        return builder.endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .defaultsMode(DefaultsMode.IN_REGION)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("priming", "priming")));
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    DynamoDbAsyncClient dynamoDb() {
        return dynamoDb;
    }

    SqsAsyncClient sqs() {
        return sqs;
    }

    private Answer answer(Request request) {
        if (calls.incrementAndGet() % THROTTLED_EACH == 0) {
            return json(
                    "400 Bad Request",
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ThrottlingException\",\"message\":\"priming\"}");
        }
        return json(
                "200 OK",
                switch (request.operation()) {
                    case "BatchWriteItem" -> "{\"UnprocessedItems\":{}}";
                    case "BatchGetItem" -> "{\"Responses\":{\"priming\":[]},\"UnprocessedKeys\":{}}";
                    case "SendMessage" -> "{\"MessageId\":\"priming\"}";
                    case "SendMessageBatch" -> accepted(request.body());
                    default -> "{}";
                });
    }

    private static String accepted(String body) {
        return ENTRY_ID.matcher(body)
                .results()
                .map(id -> "{\"Id\":\"" + id.group(1) + "\",\"MessageId\":\"priming\"}")
                .collect(Collectors.joining(",", "{\"Successful\":[", "],\"Failed\":[]}"));
    }

    private static Answer json(String status, String body) {
        return new Answer(
                "HTTP/1.1 " + status + "\r\nContent-Type: application/x-amz-json-1.0\r\nx-amzn-RequestId: priming\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body,
                false);
    }

    @Override
    public void close() throws IOException {
        dynamoDb.close();
        sqs.close();
        http.close();
        server.close();
    }
}
