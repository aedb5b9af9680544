package dev.fetchline.local.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The writing half of a table: a request is judged as a whole before any of it is done.
final class TableWrites {
    /// DynamoDB's limit (API reference of BatchWriteItem). Its other one, 16 MB, cannot be reached with puts alone.
    static final int ITEMS_MAX = 25;

    private final TableShape shape;
    private final ItemRules rules;
    private final Rows rows;

    TableWrites(TableShape shape, Rows rows) {
        this.shape = shape;
        this.rules = new ItemRules(shape);
        this.rows = rows;
    }

    BatchWriteItemResponse batchWriteItem(
            BatchWriteItemRequest request, Predicate<Map<String, AttributeValue>> unprocessed) {
        Supported.BATCH_WRITE_ITEM.require(request);
        List<WriteRequest> writes = new TableNames(shape).only("requestItems", request.requestItems());
        List<StoredItem> puts = judged(writes);
        List<WriteRequest> left = new ArrayList<>();
        List<StoredItem> taken = new ArrayList<>();
        for (int at = 0; at < puts.size(); at++) {
            StoredItem row = puts.get(at);
            if (unprocessed.test(row.item())) {
                left.add(writes.get(at));
            } else {
                taken.add(row);
            }
        }
        rows.putAll(taken);
        return BatchWriteItemResponse.builder()
                .unprocessedItems(left.isEmpty() ? Map.of() : Map.of(shape.table(), left))
                .build();
    }

    /// The items to put, when all of the batch is as it must be.
    private List<StoredItem> judged(List<WriteRequest> writes) {
        if (writes.isEmpty() || writes.size() > ITEMS_MAX) {
            throw TableErrors.validation(
                    "1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map value must"
                            + " satisfy constraint: [Member must have length less than or equal to 25, Member must have"
                            + " length greater than or equal to 1]");
        }
        List<StoredItem> puts = new ArrayList<>();
        for (WriteRequest write : writes) {
            Supported.WRITE.require(write);
            puts.add(stored(
                    write.putRequest() == null ? null : write.putRequest().item()));
        }
        KeyLists.requireDistinct(
                puts.stream().map(row -> shape.keyOf(row.item())).toList());
        return puts;
    }

    PutItemResponse putItem(PutItemRequest request) {
        Supported.PUT_ITEM.require(request);
        new TableNames(shape).require(request.tableName());
        if (request.returnValues() != null
                && request.returnValues() != ReturnValue.NONE
                && request.returnValues() != ReturnValue.ALL_OLD) {
            throw TableErrors.validation("Return values set to invalid value");
        }
        StoredItem row = stored(request.hasItem() ? request.item() : null);
        Rows.Replacement replacement = rows.replace(row, conditionOf(request));
        Map<String, AttributeValue> old =
                replacement.old() == null ? null : replacement.old().item();
        if (!replacement.done()) {
            boolean shown =
                    request.returnValuesOnConditionCheckFailure() == ReturnValuesOnConditionCheckFailure.ALL_OLD;
            throw TableErrors.conditionFailed(shown ? old : null);
        }
        return PutItemResponse.builder()
                .attributes(request.returnValues() == ReturnValue.ALL_OLD ? old : null)
                .build();
    }

    private static @Nullable Condition conditionOf(PutItemRequest request) {
        Placeholders placeholders =
                Placeholders.of(request.expressionAttributeNames(), request.expressionAttributeValues());
        String text = request.conditionExpression();
        if (text == null) {
            placeholders.requireNone();
            return null;
        }
        Condition condition = ConditionParser.parse("ConditionExpression", text, placeholders);
        placeholders.requireAllSaid();
        return condition;
    }

    private StoredItem stored(@Nullable Map<String, AttributeValue> given) {
        Map<String, AttributeValue> item = rules.item(given);
        return new StoredItem(item, ItemSize.of(item));
    }
}
