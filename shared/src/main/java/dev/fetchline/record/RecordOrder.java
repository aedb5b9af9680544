package dev.fetchline.record;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Which of two records of one key stands, as a condition of a write: the later request's; of one request the final
/// one,
/// else the one that was deferred more often.
///
/// @param condition in DynamoDB's expression language, or null for none
record RecordOrder(@Nullable String condition, Map<String, AttributeValue> values) {
    static final RecordOrder NONE = new RecordOrder(null, Map.of());

    private static final String OLDER_REQUEST = "attribute_not_exists(requestedAt) OR requestedAt < :requestedAt";
    private static final String SAME_REQUEST_UNFINISHED = "requestedAt = :requestedAt AND #status = :retrying";

    /// The order in which `record` comes to stand.
    static RecordOrder of(ResultRecord record) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":requestedAt", AttributeValue.fromN(Long.toString(record.requestedAt())));
        values.put(":retrying", AttributeValue.fromS(RecordStatus.RETRYING.name()));
        String unfinished = SAME_REQUEST_UNFINISHED;
        if (record.status() == RecordStatus.RETRYING) {
            values.put(":hop", AttributeValue.fromN(Integer.toString(record.hop())));
            unfinished += " AND hop < :hop";
        }
        return new RecordOrder(OLDER_REQUEST + " OR (" + unfinished + ")", values);
    }

    void apply(PutItemRequest.Builder request) {
        if (condition != null) {
            request.conditionExpression(condition)
                    .expressionAttributeNames(Map.of("#status", "status"))
                    .expressionAttributeValues(values);
        }
    }
}
