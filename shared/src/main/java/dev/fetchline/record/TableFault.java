package dev.fetchline.record;

import dev.fetchline.pace.Completion;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/// What a failed call to the table means for what it carried.
enum TableFault {
    /// Throttled, down, slow or cut off: the same call may succeed later.
    TRANSIENT,
    /// Something in the call is not as the table wants it; in a batch it may be one item's fault.
    REJECTED_CONTENT,
    /// The condition does not hold: a record that stands above ours is there already.
    CONDITION,
    /// No table, no permission: no call will succeed.
    PERMANENT;

    static TableFault of(Throwable thrown) {
        return switch (Completion.cause(thrown)) {
            case ConditionalCheckFailedException _ -> CONDITION;
            case AwsServiceException service
            when service.isThrottlingException() || service.statusCode() >= 500 -> TRANSIENT;
            case AwsServiceException service when "ValidationException".equals(codeOf(service)) -> REJECTED_CONTENT;
            case AwsServiceException service
            when "ItemCollectionSizeLimitExceededException".equals(codeOf(service)) -> REJECTED_CONTENT;
            case AwsServiceException _ -> PERMANENT;
            // No answer, or none that can be read; or cut off by the deadline, after which nothing is tried again.
            case SdkException _, CancellationException _, IOException _ -> TRANSIENT;
            default -> PERMANENT;
        };
    }

    static String describe(Throwable thrown) {
        Throwable failure = Completion.cause(thrown);
        // Without the id of the request, so that reasons that are alike are counted together.
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? codeOf(service) + ": " + service.awsErrorDetails().errorMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static String codeOf(AwsServiceException failure) {
        return failure.awsErrorDetails() == null
                ? ""
                : failure.awsErrorDetails().errorCode();
    }
}
