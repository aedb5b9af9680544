package dev.fetchline.local.table;

import dev.fetchline.local.table.TableFaults.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;

/// The operations by their names on the wire.
record TableOperations(Tables tables, TableFaults faults) {

    /// Carries out one call.
    ///
    /// @param draw what befalls it; of the faults only the unprocessed ones are dealt here
    /// @throws IOException where the request cannot be read
    SdkPojo call(String operation, byte[] json, TableFaults.Draw draw) throws IOException {
        return switch (operation) {
            case "BatchWriteItem" ->
                batchWriteItem(
                        WireJson.read(json, BatchWriteItemRequest.builder()).build(), draw);
            case "BatchGetItem" ->
                batchGetItem(WireJson.read(json, BatchGetItemRequest.builder()).build(), draw);
            case "PutItem" -> {
                PutItemRequest request =
                        WireJson.read(json, PutItemRequest.builder()).build();
                yield tables.get(request.tableName()).putItem(request);
            }
            case "GetItem" -> {
                GetItemRequest request =
                        WireJson.read(json, GetItemRequest.builder()).build();
                yield tables.get(request.tableName()).getItem(request);
            }
            case "Query" -> {
                QueryRequest request =
                        WireJson.read(json, QueryRequest.builder()).build();
                yield tables.get(request.tableName()).query(request);
            }
            case "Scan" -> {
                ScanRequest request = WireJson.read(json, ScanRequest.builder()).build();
                yield tables.get(request.tableName()).scan(request);
            }
            case "CreateTable" ->
                tables.createTable(
                        WireJson.read(json, CreateTableRequest.builder()).build());
            case "DescribeTable" ->
                tables.describeTable(
                        WireJson.read(json, DescribeTableRequest.builder()).build());
            case "UpdateTimeToLive" ->
                tables.updateTimeToLive(
                        WireJson.read(json, UpdateTimeToLiveRequest.builder()).build());
            default -> throw TableErrors.unknownOperation(operation);
        };
    }

    private SdkPojo batchWriteItem(BatchWriteItemRequest request, TableFaults.Draw draw) {
        return tables.of(request.requestItems())
                .batchWriteItem(request, draw.kind() == Kind.UNPROCESSED_ITEMS ? some(draw) : _ -> false);
    }

    private SdkPojo batchGetItem(BatchGetItemRequest request, TableFaults.Draw draw) {
        return tables.of(request.requestItems())
                .batchGetItem(request, draw.kind() == Kind.UNPROCESSED_KEYS ? some(draw) : _ -> false);
    }

    /// Now and then all, otherwise a part of random size, which may be none; counted where it is not.
    private Predicate<Map<String, AttributeValue>> some(TableFaults.Draw draw) {
        SplittableRandom random = draw.random();
        double share = random.nextInt(4) == 0 ? 1 : random.nextDouble();
        AtomicBoolean counted = new AtomicBoolean();
        return _ -> {
            boolean left = random.nextDouble() < share;
            if (left && draw.kind() != null && !counted.getAndSet(true)) {
                faults.count(draw.kind());
            }
            return left;
        };
    }
}
