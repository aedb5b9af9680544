package dev.fetchline.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Looks names up, at most [#AT_ONCE] at a time. The operating system's resolver cannot be interrupted
/// and knows no time limit: who waits for an answer brings a limit of its own, and the thread stays until
/// the resolver lets it go.
public final class AddressLookup {
    /// Each look-up that hangs holds a thread of the operating system, of which Lambda allows 1,024.
    static final int AT_ONCE = 64;

    private final Executor executor;
    private final Resolver resolver;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /// Look-ups on the threads of `executor`.
    ///
    /// @param executor runs the look-ups; its threads may block
    public AddressLookup(Executor executor, Resolver resolver) {
        this.executor = executor;
        this.resolver = resolver;
    }

    /// What answers, blocking.
    @FunctionalInterface
    public interface Resolver {
        /// All addresses of a name, at least one.
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// All addresses of a name, at least one; fails with [UnknownHostException]. Who does not wait any
    /// more cancels the future: what has not begun by then never does.
    ///
    /// @param host a name; a literal needs no look-up
    public CompletableFuture<List<InetAddress>> of(String host) {
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        executor.execute(() -> {
            places.acquireUninterruptibly();
            try {
                // With a resolver that hangs, most of the queue is given up by the time its turn comes.
                if (!addresses.isDone()) {
                    addresses.complete(List.of(resolver.resolve(host)));
                }
            } catch (Throwable failure) {
                addresses.completeExceptionally(failure);
            } finally {
                places.release();
            }
        });
        return addresses;
    }
}
