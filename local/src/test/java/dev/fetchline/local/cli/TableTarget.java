package dev.fetchline.local.cli;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.table.MemoryTableServer;
import dev.fetchline.local.table.TableFaults;
import dev.fetchline.local.target.Target;
import dev.fetchline.local.target.TargetChoice;
import dev.fetchline.local.target.Targets;
import dev.fetchline.local.target.UpFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// A stack as `up` leaves it for the tools, of two tables in memory and no queues: what a reading command needs, in
/// milliseconds.
final class TableTarget implements AutoCloseable {
    private static final String RESULTS = "results";
    private static final String BATCHES = "batches";

    private final MemoryTableServer server = MemoryTableServer.start(new TableFaults(1));
    private final Path root;
    private final Target target;

    TableTarget(Path root) {
        this.root = root;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("queueUrl", "http://127.0.0.1:9/queue");
        fields.put("deadLetterQueueUrl", "http://127.0.0.1:9/dead");
        fields.put("table", RESULTS);
        fields.put(Targets.BATCHES_TABLE, BATCHES);
        fields.put("sqsEndpoint", "http://127.0.0.1:9");
        fields.put("dynamoDbEndpoint", server.endpoint().toString());
        new UpFile(home().upFile()).write(fields);
        target = new Targets(home().template(), new UpFile(home().upFile())).open(TargetChoice.UP);
        create(RESULTS, "url");
        create(BATCHES, "entry");
    }

    Home home() {
        return new Home(root, "Linux", "x86_64");
    }

    Target target() {
        return target;
    }

    void put(FetchRecord fetched) {
        target.dynamoDb()
                .putItem(request -> request.tableName(RESULTS).item(fetched.attributes()))
                .join();
    }

    void putRow(Map<String, AttributeValue> row) {
        target.dynamoDb()
                .putItem(request -> request.tableName(BATCHES).item(row))
                .join();
    }

    void put(BatchHead head) {
        new BatchesTable(target.dynamoDb(), BATCHES).put(head);
    }

    int run(TestStreams streams, String... arguments) {
        return Main.commandLine(streams.streams(), home()).execute(arguments);
    }

    private void create(String name, String sortKey) {
        target.dynamoDb()
                .createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .keySchema(key("batchId", KeyType.HASH), key(sortKey, KeyType.RANGE))
                        .attributeDefinitions(attribute("batchId"), attribute(sortKey)))
                .join();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    @Override
    public void close() {
        target.close();
        server.close();
    }
}
