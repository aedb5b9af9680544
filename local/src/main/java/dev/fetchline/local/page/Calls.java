package dev.fetchline.local.page;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits for SDK calls on the request's own thread, and says their failures as they are and not wrapped.
final class Calls {
    private Calls() {}

    static <T> T await(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
