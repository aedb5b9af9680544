package dev.fetchline.lambda;

import dev.fetchline.aws.BatchWriteJson;
import dev.fetchline.pace.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.crt.CrtRuntimeException;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// The SDK's clients. Everything that it would otherwise find out by looking around is said here: the
/// search costs cold start. Endpoints of another place come from `AWS_ENDPOINT_URL_SQS` and
/// `AWS_ENDPOINT_URL_DYNAMODB`, which the SDK reads itself.
record AwsClients(DynamoDbAsyncClient dynamoDb, SqsAsyncClient sqs) {
    /// The table's and the queue's answers take milliseconds; what takes longer is better asked again.
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int CONNECTIONS_MAX = 50;

    /// The SDK's own default goes on for up to 57 s under throttling, longer than we can wait: we retry
    /// ourselves.
    private static final int ATTEMPTS_MAX = 3;

    /// The SDK's own waits between tries.
    private static final Duration WAIT_FIRST = Duration.ofMillis(100);

    private static final Duration THROTTLED_WAIT_FIRST = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    /// Both clients, over one pool of connections for each endpoint and with the same credentials; that
    /// of the queues is made when it is first needed.
    ///
    /// @param random draws the waits between tries, from 0 (inclusive) to 1 (exclusive)
    /// @throws IllegalArgumentException where a setting of either does not work
    static AwsClients of(Map<String, String> environment, DoubleSupplier random) {
        expectEndpointIfSet(environment, "AWS_ENDPOINT_URL_SQS");
        SdkAsyncHttpClient http = withItsLibrary(AwsClients::httpClient);
        AwsCredentialsProvider credentials = credentials(environment);
        return new AwsClients(
                configure(DynamoDbAsyncClient.builder(), environment, credentials, random, new BatchWriteJson())
                        .httpClient(http)
                        // An endpoint by account id is one more name to resolve, and none that a local table has.
                        .accountIdEndpointMode(AccountIdEndpointMode.DISABLED)
                        .build(),
                new SqsOnDemand(() -> configure(SqsAsyncClient.builder(), environment, credentials, random)
                        .httpClient(http)
                        .build()));
    }

    /// The SDK takes an empty value for an endpoint, and says so where it makes the client: too late for
    /// one that is made on demand. All other values have been read by the guard.
    private static void expectEndpointIfSet(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value != null && value.isBlank()) {
            throw new IllegalArgumentException(
                    name + ": found \"" + value + "\", expected http:// or https:// and a host, or no such variable");
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> B configure(
            B builder,
            Map<String, String> environment,
            AwsCredentialsProvider credentials,
            DoubleSupplier random,
            ExecutionInterceptor... interceptors) {
        String region = environment.get("AWS_REGION");
        return builder.region(region == null ? Region.US_EAST_1 : Region.of(region))
                .credentialsProvider(credentials)
                .defaultsMode(DefaultsMode.IN_REGION)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .executionInterceptors(List.of(interceptors))
                        .apiCallTimeout(CALL_TIMEOUT)
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .retryStrategy(StandardRetryStrategy.builder()
                                .maxAttempts(ATTEMPTS_MAX)
                                .backoffStrategy(new Backoff(WAIT_FIRST, WAIT_MAX, random)::delay)
                                .throttlingBackoffStrategy(new Backoff(THROTTLED_WAIT_FIRST, WAIT_MAX, random)::delay)
                                .build())
                        .build());
    }

    /// Lambda gives keys in the environment, except to an environment restored from a snapshot.
    private static AwsCredentialsProvider credentials(Map<String, String> environment) {
        return environment.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                ? ContainerCredentialsProvider.create()
                : EnvironmentVariableCredentialsProvider.create();
    }

    /// The package has the client's native library as a file: the SDK's own text speaks of a jar that could not be
    /// unpacked.
    ///
    /// @throws IllegalStateException with one sentence that says where it was looked for
    static <T> T withItsLibrary(Supplier<T> making) {
        try {
            return making.get();
        } catch (CrtRuntimeException | LinkageError failure) {
            throw new IllegalStateException(
                    "libaws-crt-jni.so cannot be loaded from LD_LIBRARY_PATH (%s), expected lib of the package for %s in it"
                            .formatted(System.getProperty("java.library.path"), System.getProperty("os.arch")),
                    failure);
        }
    }

    private static SdkAsyncHttpClient httpClient() {
        return AwsCrtAsyncHttpClient.builder()
                .maxConcurrency(CONNECTIONS_MAX)
                .connectionTimeout(CONNECT_TIMEOUT)
                .build();
    }
}
