package dev.fetchline.local.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/// The reading half of a table. Every read is consistent.
final class TableReads {
    /// DynamoDB's limits (API reference of BatchGetItem).
    static final int KEYS_MAX = 100;

    static final int BYTES_MAX = 16 * 1024 * 1024;

    private final TableShape shape;
    private final ItemRules rules;
    private final Rows rows;

    TableReads(TableShape shape, Rows rows) {
        this.shape = shape;
        this.rules = new ItemRules(shape);
        this.rows = rows;
    }

    BatchGetItemResponse batchGetItem(BatchGetItemRequest request, Predicate<Map<String, AttributeValue>> unprocessed) {
        Supported.BATCH_GET_ITEM.require(request);
        KeysAndAttributes question = new TableNames(shape).only("requestItems", request.requestItems());
        Supported.KEYS_AND_ATTRIBUTES.require(question);
        if (question.keys().isEmpty() || question.keys().size() > KEYS_MAX) {
            throw TableErrors.validation("1 validation error detected: Value at 'requestItems." + shape.table()
                    + ".member.keys' failed to" + " satisfy constraint: Member must have length between 1 and 100");
        }
        Projection projection = Projection.alone(question.projectionExpression(), question.expressionAttributeNames());
        List<Map<String, AttributeValue>> keys =
                question.keys().stream().map(rules::key).toList();
        KeyLists.requireDistinct(keys);
        return answer(question, keys, projection, unprocessed);
    }

    /// Items up to 16 MB; the keys of the others come back.
    private BatchGetItemResponse answer(
            KeysAndAttributes question,
            List<Map<String, AttributeValue>> keys,
            Projection projection,
            Predicate<Map<String, AttributeValue>> unprocessed) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        List<Map<String, AttributeValue>> unread = new ArrayList<>();
        List<Optional<StoredItem>> found = rows.get(keys);
        long bytes = 0;
        for (int at = 0; at < keys.size(); at++) {
            bytes += found.get(at).map(StoredItem::bytes).orElse(0);
            if (bytes > BYTES_MAX || unprocessed.test(keys.get(at))) {
                unread.add(keys.get(at));
            } else {
                found.get(at).ifPresent(row -> items.add(projection.of(row.item())));
            }
        }
        return BatchGetItemResponse.builder()
                .responses(Map.of(shape.table(), items))
                .unprocessedKeys(
                        unread.isEmpty()
                                ? Map.of()
                                : Map.of(
                                        shape.table(),
                                        question.toBuilder().keys(unread).build()))
                .build();
    }

    GetItemResponse getItem(GetItemRequest request) {
        Supported.GET_ITEM.require(request);
        new TableNames(shape).require(request.tableName());
        Projection projection = Projection.alone(request.projectionExpression(), request.expressionAttributeNames());
        Optional<StoredItem> row = rows.get(List.of(rules.key(request.key()))).getFirst();
        return GetItemResponse.builder()
                .item(row.map(its -> projection.of(its.item())).orElse(null))
                .build();
    }

    ScanResponse scan(ScanRequest request) {
        Supported.SCAN.require(request);
        new TableNames(shape).require(request.tableName());
        Projection projection = Projection.alone(request.projectionExpression(), request.expressionAttributeNames());
        ItemPage page = rows.scan(startKey(request.exclusiveStartKey()), itemsMax(request.limit()));
        return ScanResponse.builder()
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last().isEmpty() ? null : page.last())
                .items(request.select() == Select.COUNT ? null : projection.of(page.items()))
                .build();
    }

    QueryResponse query(QueryRequest request) {
        Supported.QUERY.require(request);
        new TableNames(shape).require(request.tableName());
        String text = request.keyConditionExpression();
        if (text == null) {
            throw TableErrors.validation(
                    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }
        Placeholders placeholders =
                Placeholders.of(request.expressionAttributeNames(), request.expressionAttributeValues());
        KeyCondition condition = KeyCondition.parse(text, shape, placeholders);
        Projection projection = Projection.of(request.projectionExpression(), placeholders);
        placeholders.requireAllSaid();
        boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
        ItemPage page =
                rows.query(condition, startKey(request.exclusiveStartKey()), forward, itemsMax(request.limit()));
        return QueryResponse.builder()
                .count(page.items().size())
                .scannedCount(page.items().size())
                .lastEvaluatedKey(page.last().isEmpty() ? null : page.last())
                .items(request.select() == Select.COUNT ? null : projection.of(page.items()))
                .build();
    }

    private Map<String, AttributeValue> startKey(Map<String, AttributeValue> given) {
        return given.isEmpty() ? given : rules.key(given);
    }

    private static int itemsMax(@Nullable Integer limit) {
        if (limit != null && limit < 1) {
            throw TableErrors.validation("1 validation error detected: Value '" + limit
                    + "' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1");
        }
        return limit == null ? Integer.MAX_VALUE : limit;
    }
}
