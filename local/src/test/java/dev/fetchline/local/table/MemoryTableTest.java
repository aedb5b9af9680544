package dev.fetchline.local.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The table as the simulator holds it, without a server; what it answers over the wire is held to DynamoDB Local
/// elsewhere.
class MemoryTableTest {
    private final MemoryTable table = MemoryTable.ofStrings("results", "batchId", "url");

    @Test
    void a_batch_is_written_and_read_back() {
        table.batchWriteItem(BatchWriteItemRequest.builder()
                .requestItems(Map.of(
                        "results",
                        List.of(WriteRequest.builder()
                                .putRequest(PutRequest.builder()
                                        .item(item("RETRYING", 7))
                                        .build())
                                .build())))
                .build());

        var read = table.batchGetItem(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        "results",
                        KeysAndAttributes.builder()
                                .keys(List.of(
                                        Map.of("batchId", AttributeValue.fromS("b"), "url", AttributeValue.fromS("u"))))
                                .projectionExpression("#s, requestedAt")
                                .expressionAttributeNames(Map.of("#s", "status"))
                                .build()))
                .build());

        assertThat(read.responses().get("results"))
                .containsExactly(
                        Map.of("status", AttributeValue.fromS("RETRYING"), "requestedAt", AttributeValue.fromN("7")));
        assertThat(read.unprocessedKeys()).isEmpty();
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.items()).containsExactly(item("RETRYING", 7));
    }

    @Test
    void a_condition_that_fails_changes_nothing_and_throws_as_the_sdk_does() {
        table.putItem(ifNewer(item("OK", 7)));

        assertThatThrownBy(() -> table.putItem(ifNewer(item("FAILED", 6))))
                .isInstanceOfSatisfying(ConditionalCheckFailedException.class, failure -> {
                    assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ConditionalCheckFailedException");
                    assertThat(failure.statusCode()).isEqualTo(400);
                });

        assertThat(table.items()).containsExactly(item("OK", 7));
    }

    @Test
    void partitions_of_one_hash_are_two() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        for (String batchId : List.of("Aa", "BB")) {
            Map<String, AttributeValue> item =
                    Map.of("batchId", AttributeValue.fromS(batchId), "url", AttributeValue.fromS("u"));
            table.putItem(
                    PutItemRequest.builder().tableName("results").item(item).build());
        }

        assertThat(table.items()).extracting(item -> item.get("batchId").s()).containsExactlyInAnyOrder("Aa", "BB");
    }

    private static PutItemRequest ifNewer(Map<String, AttributeValue> item) {
        return PutItemRequest.builder()
                .tableName("results")
                .item(item)
                .conditionExpression("attribute_not_exists(requestedAt) OR requestedAt < :r"
                        + " OR (requestedAt = :r AND #status = :RETRYING)")
                .expressionAttributeNames(Map.of("#status", "status"))
                .expressionAttributeValues(
                        Map.of(":r", item.get("requestedAt"), ":RETRYING", AttributeValue.fromS("RETRYING")))
                .build();
    }

    private static Map<String, AttributeValue> item(String status, long requestedAt) {
        return Map.of(
                "batchId", AttributeValue.fromS("b"),
                "url", AttributeValue.fromS("u"),
                "status", AttributeValue.fromS(status),
                "requestedAt", AttributeValue.fromN(Long.toString(requestedAt)));
    }
}
