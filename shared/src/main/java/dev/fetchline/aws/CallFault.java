package dev.fetchline.aws;

import dev.fetchline.pace.Completion;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Why a call of an AWS service failed.
public final class CallFault {
    private CallFault() {}

    /// Whether the same call may succeed later: throttled, down, slow or cut off.
    public static boolean isTransient(Throwable thrown) {
        return switch (Completion.cause(thrown)) {
            case AwsServiceException service -> service.isThrottlingException() || service.statusCode() >= 500;
            // No answer, or none that can be read; or cut off by the deadline, after which nothing is tried again.
            case SdkException _, CancellationException _, IOException _ -> true;
            default -> false;
        };
    }

    /// The service's own name of the error; empty where it gave none.
    public static String codeOf(Throwable thrown) {
        return Completion.cause(thrown) instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorCode()
                : "";
    }

    /// One sentence for the log.
    public static String describe(Throwable thrown) {
        Throwable failure = Completion.cause(thrown);
        // Without the id of the request, so that reasons that are alike are counted together.
        return failure instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? codeOf(service) + ": " + service.awsErrorDetails().errorMessage()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }
}
