package dev.fetchline.pace;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// How futures hand on failures.
public final class Completion {
    private Completion() {}

    /// What really failed: a future that depends on another wraps what it hands on.
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
