package dev.fetchline.local.stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// Waits for SDK calls on the caller's thread, and says their failures as they are and not wrapped.
public final class Calls {
    private Calls() {}

    /// The result of a call, or its failure as it is.
    public static <T> T await(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /// The same of servers that have answered before: an emulator may have gone since.
    ///
    /// @param whom such as "the table records"
    /// @throws LocalStackException with one sentence if they do not answer, or refuse
    static <T> T ask(String whom, CompletableFuture<T> call) {
        try {
            return await(call);
        } catch (AwsServiceException e) {
            throw new LocalStackException(
                    whom + " refuses: " + sentence(e.awsErrorDetails().errorMessage()), e);
        } catch (SdkException e) {
            throw new LocalStackException(whom + " does not answer: " + sentence(e.getMessage()), e);
        }
    }

    /// Without what the SDK says of itself: which of its classes it was, and how often it has tried.
    private static String sentence(@Nullable String message) {
        return String.valueOf(message)
                        .replaceFirst("^Unable to execute HTTP request: ", "")
                        .replaceFirst("^(\\w+\\.)+\\w+: ", "")
                        .replaceFirst(" *\\(SDK Attempt Count: \\d+\\)$", "")
                        .replaceFirst("[.]$", "")
                + ".";
    }
}
