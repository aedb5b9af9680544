package dev.fetchline.record;

import dev.fetchline.aws.CallFault;
import dev.fetchline.pace.Completion;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// What a failed call to the table means for what it carried.
enum TableFault {
    /// Something in the call is not as the table wants it; in a batch it may be one item's fault.
    REJECTED_CONTENT,
    /// The condition does not hold: a record that stands above ours is there already.
    CONDITION,
    /// Throttled, down, slow or cut off; or no table, no permission. Which of them makes no difference to a record: it
    /// is
    /// tried again until the deadline.
    REFUSED;

    /// HTTP's own word for a body that is too large, which no error of DynamoDB need stand behind.
    /// Twenty-five records that are right one by one can be more than 16 MB of JSON together: what it
    /// escapes takes up to six times its place.
    private static final int TOO_LARGE = 413;

    static TableFault of(Throwable thrown) {
        if (Completion.cause(thrown) instanceof ConditionalCheckFailedException) {
            return CONDITION;
        }
        if (Completion.cause(thrown) instanceof AwsServiceException service && service.statusCode() == TOO_LARGE) {
            return REJECTED_CONTENT;
        }
        if (CallFault.isTransient(thrown)) {
            return REFUSED;
        }
        return switch (CallFault.codeOf(thrown)) {
            case "ValidationException", "ItemCollectionSizeLimitExceededException" -> REJECTED_CONTENT;
            default -> REFUSED;
        };
    }
}
