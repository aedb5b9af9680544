package dev.fetchline.local.table;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// The parameters of each operation that the local table knows; any other is refused, for a request that is half
/// understood is worse than none.
final class Supported {
    static final Supported BATCH_WRITE_ITEM = new Supported("RequestItems");

    static final Supported WRITE = new Supported("PutRequest");

    static final Supported PUT_ITEM = new Supported(
            "TableName",
            "Item",
            "ConditionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            "ReturnValues",
            "ReturnValuesOnConditionCheckFailure");

    static final Supported BATCH_GET_ITEM = new Supported("RequestItems");

    static final Supported KEYS_AND_ATTRIBUTES =
            new Supported("Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames");

    /// Taken and not answered: nothing here has a price.
    private static final String CAPACITY = "ReturnConsumedCapacity";

    static final Supported GET_ITEM = new Supported(
            "TableName", "Key", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames", CAPACITY);

    static final Supported SCAN = new Supported(
            "TableName",
            "ReturnConsumedCapacity",
            "ConsistentRead",
            "Select",
            "Limit",
            "ExclusiveStartKey",
            "ProjectionExpression",
            "ExpressionAttributeNames",
            CAPACITY);

    static final Supported QUERY = new Supported(
            "TableName",
            "ReturnConsumedCapacity",
            "ConsistentRead",
            "Select",
            "Limit",
            "ExclusiveStartKey",
            "ScanIndexForward",
            "KeyConditionExpression",
            "ProjectionExpression",
            "ExpressionAttributeNames",
            "ExpressionAttributeValues",
            CAPACITY);

    static final Supported CREATE_TABLE =
            new Supported("TableName", "KeySchema", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput");

    static final Supported DESCRIBE_TABLE = new Supported("TableName");

    static final Supported UPDATE_TIME_TO_LIVE = new Supported("TableName", "TimeToLiveSpecification");

    private final Set<String> parameters;

    private Supported(String... parameters) {
        this.parameters = Set.copyOf(List.of(parameters));
    }

    void require(SdkPojo request) {
        for (SdkField<?> field : request.sdkFields()) {
            if (!parameters.contains(field.memberName()) && isSet(field.getValueOrDefault(request))) {
                throw TableErrors.unsupported("the parameter " + field.memberName());
            }
        }
    }

    /// The SDK puts empty collections of its own where a request says nothing.
    static boolean isSet(@Nullable Object value) {
        return value != null && !(value instanceof SdkAutoConstructList) && !(value instanceof SdkAutoConstructMap);
    }
}
