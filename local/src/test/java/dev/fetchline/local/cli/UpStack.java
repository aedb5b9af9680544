package dev.fetchline.local.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// An `up` in a process of its own, with clients for its servers.
///
/// @param fields of the line that says it is ready
record UpStack(CliProcess process, Map<String, String> fields, SqsAsyncClient sqs, DynamoDbAsyncClient dynamoDb)
        implements AutoCloseable {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /// Starts it and waits until it is ready; pages of this machine may be fetched.
    static UpStack start(Path scratch, int port) throws IOException {
        CliProcess up = CliProcess.start(
                scratch, "", "up", "--json", "--allow-network", "127.0.0.0/8", "--allow-port", Integer.toString(port));
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(up.out().readLine())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        SqsAsyncClient sqs = SqsAsyncClient.builder()
                .endpointOverride(URI.create(fields.get("sqsEndpoint")))
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
        DynamoDbAsyncClient dynamoDb = DynamoDbAsyncClient.builder()
                .endpointOverride(URI.create(fields.get("dynamoDbEndpoint")))
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
        return new UpStack(up, fields, sqs, dynamoDb);
    }

    void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(fields.get("queueUrl")).messageBody(body))
                .join();
    }

    /// A dead letter as SQS moves it, or as the function quarantines it.
    void kill(String body, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        sqs.sendMessage(request -> request.queueUrl(fields.get("deadLetterQueueUrl"))
                        .messageBody(body)
                        .messageAttributes(values))
                .join();
    }

    /// Visible ones, then hidden ones.
    List<Long> deadLetters() {
        Map<QueueAttributeName, String> counts = sqs.getQueueAttributes(
                        request -> request.queueUrl(fields.get("deadLetterQueueUrl"))
                                .attributeNames(
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .join()
                .attributes();
        List<Long> both = new ArrayList<>();
        both.add(Long.valueOf(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)));
        both.add(Long.valueOf(counts.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)));
        return both;
    }

    Map<String, AttributeValue> record(String batchId, String url) {
        return dynamoDb.getItem(request -> request.tableName(fields.get("table"))
                        .consistentRead(true)
                        .key(Map.of("batchId", AttributeValue.fromS(batchId), "url", AttributeValue.fromS(url))))
                .join()
                .item();
    }

    /// Puts a record into the table, as if the function had.
    void put(Map<String, AttributeValue> row) {
        dynamoDb.putItem(request -> request.tableName(fields.get("table")).item(row))
                .join();
    }

    long records(String batchId) {
        return dynamoDb.query(request -> request.tableName(fields.get("table"))
                        .keyConditionExpression("batchId = :b")
                        .expressionAttributeValues(Map.of(":b", AttributeValue.fromS(batchId))))
                .join()
                .count();
    }

    /// The build's own time limit ends a test in which it never comes true.
    static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    @Override
    public void close() {
        process.close();
        sqs.close();
        dynamoDb.close();
    }
}
