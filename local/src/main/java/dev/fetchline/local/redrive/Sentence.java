package dev.fetchline.local.redrive;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What went wrong in a call, for a person.
final class Sentence {
    private Sentence() {}

    /// Without a full stop, so that it can stand within another sentence.
    static String of(SdkException fault) {
        String message = fault instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorMessage()
                : fault.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("").replaceFirst("[.]$", "");
    }
}
