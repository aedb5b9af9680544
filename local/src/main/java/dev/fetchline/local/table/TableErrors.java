package dev.fetchline.local.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/// What DynamoDB answers when it does not do as it was asked, as the SDK throws it.
final class TableErrors {
    private TableErrors() {}

    /// The SDK has no class of its own for it; its error code says what it is.
    static AwsServiceException validation(String sentence) {
        return other("ValidationException", sentence, 400);
    }

    /// What one or more parameters are blamed for.
    static AwsServiceException invalidParameter(String what) {
        return validation("One or more parameter values were invalid: " + what);
    }

    /// What AWS takes and this table does not: said, never passed over.
    static AwsServiceException unsupported(String what) {
        return validation("The local table does not support " + what + ".");
    }

    static AwsServiceException noSuchTable() {
        String sentence = "Requested resource not found";
        return ResourceNotFoundException.builder()
                .message(sentence)
                .awsErrorDetails(details("ResourceNotFoundException", sentence))
                .statusCode(400)
                .build();
    }

    static AwsServiceException tableExists(String table) {
        String sentence = "Table already exists: " + table;
        return ResourceInUseException.builder()
                .message(sentence)
                .awsErrorDetails(details("ResourceInUseException", sentence))
                .statusCode(400)
                .build();
    }

    /// @param old the item that stands; null where it was not asked for or there is none
    static AwsServiceException conditionFailed(@Nullable Map<String, AttributeValue> old) {
        String sentence = "The conditional request failed";
        return ConditionalCheckFailedException.builder()
                .item(old)
                .message(sentence)
                .awsErrorDetails(details("ConditionalCheckFailedException", sentence))
                .statusCode(400)
                .build();
    }

    /// One of the ways in which a busy table sends callers away.
    static AwsServiceException throughputExceeded() {
        String sentence = "The level of configured provisioned throughput for the table was exceeded."
                + " Consider increasing your provisioning level with the UpdateTable API.";
        return ProvisionedThroughputExceededException.builder()
                .message(sentence)
                .awsErrorDetails(details("ProvisionedThroughputExceededException", sentence))
                .statusCode(400)
                .build();
    }

    /// The other.
    static AwsServiceException throttled() {
        return other("ThrottlingException", "Throughput exceeds the current capacity of your table or index.", 400);
    }

    static AwsServiceException internalServerError() {
        return other("InternalServerError", "Internal server error", 500);
    }

    /// Not retried by the SDK, so it is seen at once.
    static AwsServiceException bug(RuntimeException bug) {
        return other("LocalTableBug", "The local table has failed: " + bug, 400);
    }

    static AwsServiceException unavailable() {
        return other("ServiceUnavailable", "Service is temporarily unavailable.", 503);
    }

    static AwsServiceException unreadable(String what) {
        return other("SerializationException", what, 400);
    }

    static AwsServiceException unknownOperation(String target) {
        return other("UnknownOperationException", "The local table has no operation " + target + ".", 400);
    }

    private static AwsServiceException other(String code, String sentence, int status) {
        return DynamoDbException.builder()
                .message(sentence)
                .awsErrorDetails(details(code, sentence))
                .statusCode(status)
                .build();
    }

    private static AwsErrorDetails details(String code, String sentence) {
        return AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(code)
                .errorMessage(sentence)
                .build();
    }
}
