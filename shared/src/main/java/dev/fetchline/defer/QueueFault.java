package dev.fetchline.defer;

import dev.fetchline.pace.Completion;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.KmsThrottledException;

/// What a failed call to the queue means for what it carried.
enum QueueFault {
    /// Throttled, down, slow or cut off: the same call may succeed later.
    TRANSIENT,
    /// No queue, no permission, or a call that SQS does not take: it would fail again.
    PERMANENT;

    static QueueFault of(Throwable thrown) {
        return switch (Completion.cause(thrown)) {
            case KmsThrottledException _ -> TRANSIENT;
            case AwsServiceException service
            when service.isThrottlingException() || service.statusCode() >= 500 -> TRANSIENT;
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
                ? service.awsErrorDetails().errorCode() + ": "
                        + service.awsErrorDetails().errorMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
