package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// `up` as another program uses it.
@Timeout(300)
class UpIT {
    private static final Pattern READY =
            Pattern.compile("\\{\"queueUrl\":\"(?<queue>[^\"]+)\",\"deadLetterQueueUrl\":\"(?<dead>[^\"]+)\","
                    + "\"table\":\"(?<table>[^\"]+)\",\"sqsEndpoint\":\"(?<sqs>[^\"]+)\",\"dynamoDbEndpoint\":\"(?<dynamo>[^\"]+)\","
                    + "\"batchesTable\":\"(?<batches>[^\"]+)\","
                    + "\"page\":\"(?<page>http://127[.]0[.]0[.]1:[0-9]+/[-_A-Za-z0-9]{32}/)\"}");

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    @TempDir
    Path directory;

    @Test
    void another_program_sends_messages_and_reads_records() throws IOException, InterruptedException {
        try (DemoWeb web = DemoWeb.start();
                CliProcess up = CliProcess.start(
                        directory,
                        "",
                        "up",
                        "--json",
                        "--allow-network",
                        "127.0.0.0/8",
                        "--allow-port",
                        Integer.toString(web.port()))) {
            Matcher ready = READY.matcher(up.out().readLine());
            assertThat(ready.matches()).isTrue();
            sendAndAwaitRecord(ready, web.url("/fast"));
            CliProcess.Ended ended = up.signal("TERM");
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.err())
                    .startsWith("fetchline: stopping.\n{\"invocations\":1,\"seconds\":")
                    .contains("\"Messages\":1,\"Urls\":1,\"Ok\":1,\"HttpError\":0,", "\"BodyBytes\":52,")
                    .containsPattern("\"FetchDuration\":\\{\"p50\":[0-9]+,\"p95\":[0-9]+,\"p99\":[0-9]+}")
                    .endsWith("}\n");
            assertThat(ended.started()).isPositive();
            assertThat(ended.leftBehind()).isEmpty();
            assertThat(up.out().readLine()).isNull();
        }
    }

    @Test
    void a_person_gets_commands_to_paste() throws IOException, InterruptedException {
        try (CliProcess up = CliProcess.start(directory, "", "up")) {
            List<String> lines = new ArrayList<>();
            do {
                lines.add(up.out().readLine());
            } while (!lines.getLast().contains("aws sqs receive-message"));
            assertThat(lines)
                    .anyMatch(line -> line.contains("Ctrl-C"))
                    .anyMatch(line -> line.contains("AWS_ACCESS_KEY_ID=local") && line.contains("aws sqs send-message"))
                    .anyMatch(line -> line.contains("aws dynamodb query --endpoint-url http://127.0.0.1:"))
                    .anyMatch(line -> line.matches(" *function log +/.*"));
            assertThat(up.signal("INT").exitCode()).isZero();
        }
    }

    private static void sendAndAwaitRecord(Matcher ready, String url) {
        try (SqsAsyncClient sqs = SqsAsyncClient.builder()
                        .endpointOverride(URI.create(ready.group("sqs")))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .build();
                DynamoDbAsyncClient dynamoDb = DynamoDbAsyncClient.builder()
                        .endpointOverride(URI.create(ready.group("dynamo")))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(CREDENTIALS)
                        .build()) {
            sqs.sendMessage(request -> request.queueUrl(ready.group("queue"))
                            .messageBody("{\"batchId\":\"up\",\"urls\":[\"%s\"]}".formatted(url)))
                    .join();
            Map<String, AttributeValue> key =
                    Map.of("batchId", AttributeValue.fromS("up"), "url", AttributeValue.fromS(url));
            Map<String, AttributeValue> item = Map.of();
            // The record comes when it comes; the build's own time limit ends a test in which it never does.
            while (item.isEmpty()) {
                item = dynamoDb.getItem(request ->
                                request.tableName(ready.group("table")).key(key).consistentRead(true))
                        .join()
                        .item();
            }
            assertThat(item).containsEntry("status", AttributeValue.fromS("OK"));
            // A message leaves the queue when its invocation has ended, and has written its figures.
            while (messagesLeft(sqs, ready.group("queue")) > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private static long messagesLeft(SqsAsyncClient sqs, String queueUrl) {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .join()
                .attributes()
                .values()
                .stream()
                .mapToLong(Long::parseLong)
                .sum();
    }
}
