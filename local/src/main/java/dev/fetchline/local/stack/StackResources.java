package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/// What exists on the servers once a definition is made real.
///
/// @param batchesTable empty where the template has none
/// @param found the names of those that were there before and are as they were
record StackResources(
        String queueUrl,
        String queueArn,
        String deadLetterQueueUrl,
        String table,
        Optional<String> batchesTable,
        List<String> found) {

    /// @param mayExist whether to look for each before it is made
    static StackResources create(AwsClients clients, StackDefinition definition, boolean mayExist) {
        try {
            List<String> found = new ArrayList<>();
            CompletableFuture<Boolean> table = tableCreated(clients, definition.table(), mayExist);
            Optional<CompletableFuture<Boolean>> batchesTable =
                    definition.batchesTable().map(batches -> tableCreated(clients, batches, mayExist));
            // First the dead-letter queue: the redrive policy of the other names it.
            String deadLetterQueueUrl = queueUrl(clients, definition.deadLetterQueue(), mayExist, found);
            String queueUrl = queueUrl(clients, definition.queue(), mayExist, found);
            if (!Calls.await(table)) {
                found.add(definition.table().name());
            }
            Optional<String> batches = definition.batchesTable().map(TableDefinition::name);
            batches.filter(_ -> !Calls.await(batchesTable.orElseThrow())).ifPresent(found::add);
            return new StackResources(
                    queueUrl,
                    queueArn(clients, queueUrl),
                    deadLetterQueueUrl,
                    definition.table().name(),
                    batches,
                    List.copyOf(found));
        } catch (SdkException e) {
            throw new LocalStackException(
                    "The template's queues and tables could not be made: " + e.getMessage() + ".", e);
        }
    }

    /// False where it was there already.
    private static CompletableFuture<Boolean> tableCreated(
            AwsClients clients, TableDefinition table, boolean mayExist) {
        return mayExist && tableExists(clients, table)
                ? CompletableFuture.completedFuture(false)
                : createTable(clients, table).thenApply(_ -> true);
    }

    /// A table of other keys would refuse every record; anything else of it is its owner's to say.
    private static boolean tableExists(AwsClients clients, TableDefinition table) {
        try {
            Map<String, String> keys = new LinkedHashMap<>();
            Calls.await(clients.dynamoDb().describeTable(request -> request.tableName(table.name())))
                    .table()
                    .keySchema()
                    .forEach(key -> keys.put(key.attributeName(), key.keyTypeAsString()));
            if (!keys.equals(table.keys())) {
                throw new LocalStackException("The table " + table.name() + " is there already and has the keys " + keys
                        + "; expected " + table.keys() + ": delete it, and it is made as the template says.");
            }
            return true;
        } catch (ResourceNotFoundException _) {
            return false;
        }
    }

    private static String queueUrl(AwsClients clients, QueueDefinition queue, boolean mayExist, List<String> found) {
        if (mayExist) {
            try {
                String url = Calls.await(clients.sqs().getQueueUrl(request -> request.queueName(queue.name())))
                        .queueUrl();
                found.add(queue.name());
                return url;
            } catch (QueueDoesNotExistException _) {
                // So it is made.
            }
        }
        return createQueue(clients, queue);
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
