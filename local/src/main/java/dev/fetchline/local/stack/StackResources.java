package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What exists on the servers once a definition is made real.
record StackResources(String queueUrl, String queueArn, String deadLetterQueueUrl, String table) {

    static StackResources create(AwsClients clients, StackDefinition definition) {
        try {
            CompletableFuture<Void> table = createTable(clients, definition.table());
            // First the dead-letter queue: the redrive policy of the other names it.
            String deadLetterQueueUrl = createQueue(clients, definition.deadLetterQueue());
            String queueUrl = createQueue(clients, definition.queue());
            Calls.await(table);
            return new StackResources(
                    queueUrl,
                    queueArn(clients, queueUrl),
                    deadLetterQueueUrl,
                    definition.table().name());
        } catch (SdkException e) {
            throw new LocalStackException(
                    "The template's resources could not be made on this machine: " + e.getMessage() + ".", e);
        }
    }

    private static String createQueue(AwsClients clients, QueueDefinition queue) {
        Map<QueueAttributeName, String> attributes = new EnumMap<>(QueueAttributeName.class);
        queue.attributes().forEach((name, value) -> {
            QueueAttributeName known = QueueAttributeName.fromValue(name);
            if (known == QueueAttributeName.UNKNOWN_TO_SDK_VERSION) {
                throw new LocalStackException("The template's queue " + queue.name() + " has the property " + name
                        + ", which a local run does not understand.");
            }
            attributes.put(known, value);
        });
        return Calls.await(clients.sqs()
                        .createQueue(request -> request.queueName(queue.name()).attributes(attributes)))
                .queueUrl();
    }

    private static String queueArn(AwsClients clients, String queueUrl) {
        return Calls.await(clients.sqs()
                        .getQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.QUEUE_ARN)))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "");
    }

    private static CompletableFuture<Void> createTable(AwsClients clients, TableDefinition table) {
        List<KeySchemaElement> keys = new ArrayList<>();
        table.keys()
                .forEach((name, type) -> keys.add(KeySchemaElement.builder()
                        .attributeName(name)
                        .keyType(type)
                        .build()));
        List<AttributeDefinition> types = new ArrayList<>();
        table.types()
                .forEach((name, type) -> types.add(AttributeDefinition.builder()
                        .attributeName(name)
                        .attributeType(type)
                        .build()));
        return clients.dynamoDb()
                .createTable(request -> request.tableName(table.name())
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(keys)
                        .attributeDefinitions(types))
                .thenCompose(_ -> table.expiry().isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : clients.dynamoDb()
                                .updateTimeToLive(request -> request.tableName(table.name())
                                        .timeToLiveSpecification(ttl -> ttl.enabled(true)
                                                .attributeName(table.expiry().get()))))
                .thenAccept(_ -> {});
    }
}
