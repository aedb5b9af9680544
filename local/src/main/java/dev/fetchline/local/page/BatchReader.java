package dev.fetchline.local.page;

import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.stack.Calls;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/// Reads some of a batch's records: so many calls and no more, and then says where to go on. A batch can
/// be larger than what one look is worth, and on AWS each call is billed.
///
/// @param client of the results table
/// @param table of results
/// @param count of what was read
record BatchReader(DynamoDbAsyncClient client, String table, ReadCount count) {
    /// Of one look; each reads 1 MB at most.
    static final int CALLS_MAX = 10;

    /// @param parts of the batch
    /// @param from where to begin
    /// @param prefix that the sort keys have; empty for all
    /// @param attributes to read; empty for all
    /// @param firstMax items of the first call at most: a look that needs few should not pay for 1 MB
    record Look(BatchParts parts, Cursor from, String prefix, List<String> attributes, int firstMax) {}

    /// @param next where to go on; empty at the batch's end
    /// @param looked records that were read
    /// @param calls that it took
    record Seen(Optional<Cursor> next, long looked, int calls) {}

    /// Hands over records in the order of their keys, until the reader has enough or the calls are used
    /// up. Expired ones are left out: DynamoDB deletes them late.
    ///
    /// @param reader false when it wants no more after this one
    Seen read(Look look, Predicate<FetchRecord> reader) {
        List<String> partitions = look.parts().partitions();
        long now = Instant.now().getEpochSecond();
        Cursor at = look.from();
        long looked = 0;
        for (int calls = 0; calls < CALLS_MAX; ) {
            QueryResponse answer = query(look, partitions.get(at.part()), at.url(), calls++);
            for (Map<String, AttributeValue> item : answer.items()) {
                FetchRecord fetched = new FetchRecord(item);
                looked++;
                if (!isExpired(fetched, now) && !reader.test(fetched)) {
                    return new Seen(Optional.of(new Cursor(at.part(), fetched.url())), looked, calls);
                }
            }
            AttributeValue last = answer.lastEvaluatedKey().get("url");
            if (last != null) {
                at = new Cursor(at.part(), last.s());
            } else if (at.part() + 1 < partitions.size()) {
                at = new Cursor(at.part() + 1, "");
            } else {
                return new Seen(Optional.empty(), looked, calls);
            }
        }
        return new Seen(Optional.of(at), looked, CALLS_MAX);
    }

    private QueryResponse query(Look look, String partition, String after, int call) {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":b", AttributeValue.fromS(partition));
        Map<String, String> names = new HashMap<>();
        String condition = "batchId = :b";
        if (!look.prefix().isEmpty()) {
            condition += " AND begins_with(#url, :p)";
            names.put("#url", "url");
            values.put(":p", AttributeValue.fromS(look.prefix()));
        }
        look.attributes().forEach(name -> names.put("#" + name, name));
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        if (!names.isEmpty()) {
            request.expressionAttributeNames(names);
        }
        if (!look.attributes().isEmpty()) {
            request.projectionExpression(String.join(
                    ", ", look.attributes().stream().map(name -> "#" + name).toList()));
        }
        if (call == 0) {
            request.limit(look.firstMax());
        }
        if (!after.isEmpty()) {
            request.exclusiveStartKey(
                    Map.of("batchId", AttributeValue.fromS(partition), "url", AttributeValue.fromS(after)));
        }
        QueryResponse answer = Calls.await(client.query(request.build()));
        count.add(answer.consumedCapacity());
        return answer;
    }

    private static boolean isExpired(FetchRecord fetched, long now) {
        Long expiresAt = fetched.number("expiresAt");
        return expiresAt != null && expiresAt <= now;
    }
}
