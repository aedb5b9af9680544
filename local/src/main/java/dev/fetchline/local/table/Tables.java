package dev.fetchline.local.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/// The tables by their names, and what is done to a table as a whole.
final class Tables {
    private record Created(MemoryTable table, CreateTableRequest request, Instant at) {}

    private final Map<String, Created> byName = new ConcurrentHashMap<>();

    /// @throws software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException where there is none
    MemoryTable get(@Nullable String name) {
        return created(name).table();
    }

    /// The table of a batch; where it names several, the first is asked and says that it takes no such batch.
    MemoryTable of(Map<String, ?> byTable) {
        TableNames.requireAny("requestItems", byTable);
        return get(byTable.keySet().iterator().next());
    }

    private Created created(@Nullable String name) {
        Created created = name == null ? null : byName.get(name);
        if (created == null) {
            throw TableErrors.noSuchTable();
        }
        return created;
    }

    CreateTableResponse createTable(CreateTableRequest request) {
        Supported.CREATE_TABLE.require(request);
        Created created = new Created(new MemoryTable(shapeOf(request)), request, Instant.now());
        if (byName.putIfAbsent(request.tableName(), created) != null) {
            throw TableErrors.tableExists(request.tableName());
        }
        return CreateTableResponse.builder().tableDescription(describe(created)).build();
    }

    DescribeTableResponse describeTable(DescribeTableRequest request) {
        Supported.DESCRIBE_TABLE.require(request);
        return DescribeTableResponse.builder()
                .table(describe(created(request.tableName())))
                .build();
    }

    /// Takes note of nothing: AWS deletes items days after their time too.
    UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        Supported.UPDATE_TIME_TO_LIVE.require(request);
        created(request.tableName());
        return UpdateTimeToLiveResponse.builder()
                .timeToLiveSpecification(request.timeToLiveSpecification())
                .build();
    }

    private static TableShape shapeOf(CreateTableRequest request) {
        List<KeySchemaElement> schema = request.keySchema();
        boolean fits = request.tableName() != null
                && (schema.size() == 1 || schema.size() == 2)
                && schema.getFirst().keyType() == KeyType.HASH
                && (schema.size() == 1 || schema.getLast().keyType() == KeyType.RANGE)
                && request.attributeDefinitions().size() == schema.size();
        if (!fits) {
            throw TableErrors.invalidParameter("A table has a name, a HASH key, at most one RANGE key after it, and"
                    + " the types of these attributes and of no others");
        }
        return new TableShape(
                request.tableName(),
                key(schema.getFirst(), request),
                schema.size() == 1 ? null : key(schema.getLast(), request));
    }

    private static TableShape.Key key(KeySchemaElement element, CreateTableRequest request) {
        return request.attributeDefinitions().stream()
                .filter(each -> each.attributeName().equals(element.attributeName()))
                .map(AttributeDefinition::attributeType)
                .map(type -> new TableShape.Key(element.attributeName(), type))
                .findFirst()
                .orElseThrow(() -> TableErrors.invalidParameter("Some index key attributes are not defined in"
                        + " AttributeDefinitions. Keys: [" + element.attributeName() + "]"));
    }

    private static TableDescription describe(Created created) {
        return TableDescription.builder()
                .tableName(created.request().tableName())
                .tableArn("arn:aws:dynamodb:us-east-1:000000000000:table/"
                        + created.request().tableName())
                .tableStatus(TableStatus.ACTIVE)
                .creationDateTime(created.at())
                .keySchema(created.request().keySchema())
                .attributeDefinitions(created.request().attributeDefinitions())
                .itemCount(created.table().size())
                .build();
    }
}
