package dev.fetchline.bench.bare;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/// A Lambda custom runtime: takes events of SQS, fetches every URL of an event by the JDK's client, writes one record a
/// URL, and answers. No guard, no retries, no deadlines: those are not asked of it.
public final class Main {
    private static final String NONE_FAILED = "{\"batchItemFailures\":[]}";

    private Main() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(5))
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(Trust.context(environment.getOrDefault("FETCH_EXTRA_CA_FILE", "")))
                .build();
        DynamoDbAsyncClient table = DynamoDbAsyncClient.builder()
                .region(Region.of(required(environment, "AWS_REGION")))
                .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
                .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                .build();
        Fetches fetches = new Fetches(
                client,
                new Records(Duration.ofDays(number(environment, "FETCH_RESULT_TTL_DAYS"))),
                required(environment, "FETCH_USER_AGENT"),
                number(environment, "FETCH_IN_FLIGHT_MAX"),
                number(environment, "FETCH_IN_FLIGHT_PER_HOST_MAX"));
        URI invocations = URI.create(
                "http://" + required(environment, "AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/");
        while (true) {
            HttpResponse<byte[]> event = client.send(
                    HttpRequest.newBuilder(invocations.resolve("next")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String requestId =
                    event.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
            Writer writer = new Writer(table, required(environment, "RESULTS_TABLE"));
            fetches.fetch(EventReader.read(event.body()), writer);
            writer.flush().join();
            client.send(
                    HttpRequest.newBuilder(invocations.resolve(requestId + "/response"))
                            .POST(HttpRequest.BodyPublishers.ofString(NONE_FAILED, StandardCharsets.UTF_8))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        }
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the environment has no " + name);
        }
        return value;
    }

    private static int number(Map<String, String> environment, String name) {
        return Integer.parseInt(required(environment, name));
    }
}
