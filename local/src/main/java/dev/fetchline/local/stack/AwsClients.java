package dev.fetchline.local.stack;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// SDK clients of the two local servers. Nothing of the user's own AWS configuration reaches them.
record AwsClients(SqsAsyncClient sqs, DynamoDbAsyncClient dynamoDb) implements AutoCloseable {
    static final String ACCESS_KEY = "local";
    static final String SECRET_KEY = "local";

    static AwsClients of(URI sqsEndpoint, URI dynamoDbEndpoint) {
        return new AwsClients(
                local(SqsAsyncClient.builder(), sqsEndpoint)
                        .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                        .build(),
                local(DynamoDbAsyncClient.builder(), dynamoDbEndpoint)
                        .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
                        .build());
    }

    private static <B extends AwsClientBuilder<B, ?>> B local(B builder, URI endpoint) {
        ProfileFile none = ProfileFile.aggregator().build();
        return builder.endpointOverride(endpoint)
                .region(Region.of(StackTemplate.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .overrideConfiguration(settings -> settings.defaultProfileFile(none)
                        // Longer than the longest poll.
                        .apiCallTimeout(Duration.ofSeconds(60)));
    }

    @Override
    public void close() {
        sqs.close();
        dynamoDb.close();
    }
}
