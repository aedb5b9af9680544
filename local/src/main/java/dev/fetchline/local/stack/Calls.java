package dev.fetchline.local.stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Waits for SDK calls on the caller's thread, and says their failures as they are and not wrapped.
final class Calls {
    private Calls() {}

    static <T> T await(CompletableFuture<T> call) {
        try {
            return call.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
