package dev.fetchline.local.stack;

import dev.fetchline.local.table.TableFaults;
import dev.fetchline.local.target.Access;
import dev.fetchline.local.target.Target;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/// Queues and tables as a stack has them, and no function: what stands in them is what a test puts there.
public final class BareStack implements AutoCloseable {
    private final EmbeddedServers servers;
    private final StackResources resources;

    private BareStack(EmbeddedServers servers, StackResources resources) {
        this.servers = servers;
        this.resources = resources;
    }

    /// With DynamoDB Local.
    public static BareStack start() {
        return start(null);
    }

    /// With the table in memory, which takes a hundred thousand records in no time and has no filters.
    public static BareStack startFast() {
        return start(new TableFaults(0));
    }

    private static BareStack start(@Nullable TableFaults fast) {
        EmbeddedServers servers = EmbeddedServers.start(fast);
        try (AwsClients clients = AwsClients.of(servers.sqsEndpoint(), servers.dynamoDbEndpoint())) {
            StackDefinition definition = StackTemplate.read(Path.of("../template.yaml"), Map.of())
                    .define(URI.create("http://localhost:4566"));
            return new BareStack(servers, StackResources.create(clients, definition, false));
        }
    }

    /// The stack without a batches table, as one that was deployed before there was one.
    public Target target(Target.Place place) {
        return target(place, Optional.empty());
    }

    /// The stack with its batches table.
    public Target targetWithBatches(Target.Place place) {
        return target(place, resources.batchesTable());
    }

    private Target target(Target.Place place, Optional<String> batches) {
        Access access = Access.local();
        return new Target(
                place,
                "the stack of a test",
                access,
                access.applyTo(SqsAsyncClient.builder(), servers.sqsEndpoint()).build(),
                access.applyTo(DynamoDbAsyncClient.builder(), servers.dynamoDbEndpoint())
                        .build(),
                resources.queueUrl(),
                resources.deadLetterQueueUrl(),
                resources.table(),
                batches,
                Optional.empty());
    }

    @Override
    public void close() {
        servers.close();
    }
}
