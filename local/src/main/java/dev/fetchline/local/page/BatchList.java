package dev.fetchline.local.page;

import dev.fetchline.local.batch.BatchHead;
import dev.fetchline.local.batch.BatchesTable;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.TableReader;
import dev.fetchline.local.stack.Calls;
import dev.fetchline.local.target.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/// Which batches there are: those that `submit` wrote a head of, and on this machine and in emulators
/// those that the results table has besides. A deployed results table is not searched for them: that
/// would read all of it.
///
/// @param target that has the tables
/// @param count of what was read
record BatchList(Target target, ReadCount count) {
    /// Batches without a head at most: a sender that names none makes one of each message.
    static final int SEEN_MAX = 200;

    /// After all sort keys: they begin with `http`, `HEAD` or `invalid`.
    private static final AttributeValue AFTER_ALL_KEYS = AttributeValue.fromS("~");

    /// @param heads latest first
    /// @param seen batch ids that are in the results table and have no head, in its order
    /// @param isMore whether there are more without a head
    record Found(List<BatchHead> heads, List<String> seen, boolean isMore) {}

    Found find() {
        List<BatchHead> heads = heads();
        if (target.isBilled()) {
            return new Found(heads, List.of(), false);
        }
        Set<String> known = new HashSet<>();
        heads.forEach(head -> known.addAll(head.split().partitions()));
        List<String> seen = partitions(known);
        return new Found(heads, seen, seen.size() == SEEN_MAX);
    }

    private List<BatchHead> heads() {
        if (target.batchesTable().isEmpty()) {
            return List.of();
        }
        TableReader reader = new TableReader(target.dynamoDb());
        List<BatchHead> heads =
                new BatchesTable(target.dynamoDb(), target.batchesTable().get()).heads(reader);
        count.addUnits(reader.readUnits());
        return heads;
    }

    /// Those that are not known. One call for each partition: a scan that goes on after all keys of a
    /// partition begins with the next one.
    private List<String> partitions(Set<String> known) {
        List<String> found = new ArrayList<>();
        ScanRequest.Builder request = ScanRequest.builder()
                .tableName(target.table())
                .limit(1)
                .projectionExpression("batchId")
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        while (found.size() < SEEN_MAX) {
            ScanResponse answer = Calls.await(target.dynamoDb().scan(request.build()));
            count.add(answer.consumedCapacity());
            if (answer.items().isEmpty()) {
                break;
            }
            String batchId = new FetchRecord(answer.items().getFirst()).batchId();
            if (!known.contains(batchId)) {
                found.add(batchId);
            }
            request.exclusiveStartKey(Map.of("batchId", AttributeValue.fromS(batchId), "url", AFTER_ALL_KEYS));
        }
        return found;
    }
}
