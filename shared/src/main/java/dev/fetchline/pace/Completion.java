package dev.fetchline.pace;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// How futures hand on what they have.
public final class Completion {
    private Completion() {}

    /// The results of all, in order, once all are there; fails where one does.
    public static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> steps) {
        return CompletableFuture.allOf(steps.toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> steps.stream().map(CompletableFuture::resultNow).toList());
    }

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
