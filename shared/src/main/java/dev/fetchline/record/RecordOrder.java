package dev.fetchline.record;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/// Which of two records of one key stands, as a condition of a write: the later request's, and the first final one of a
/// request.
///
/// @param condition in DynamoDB's expression language, or null for none
record RecordOrder(@Nullable String condition, Map<String, AttributeValue> values) {
    static final RecordOrder NONE = new RecordOrder(null, Map.of());

    static RecordOrder finalRecordOf(ResultRecord record) {
        return new RecordOrder(
                "attribute_not_exists(requestedAt) OR requestedAt < :requestedAt",
                Map.of(":requestedAt", AttributeValue.fromN(Long.toString(record.requestedAt()))));
    }

    void apply(PutItemRequest.Builder request) {
        if (condition != null) {
            request.conditionExpression(condition).expressionAttributeValues(values);
        }
    }
}
