package dev.fetchline.http;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Looks names up, at most [#AT_ONCE] at a time. The operating system's resolver cannot be interrupted and knows no
/// time limit: who waits for an answer brings a limit of its own, and the thread stays until the resolver lets it go.
public final class AddressLookup {
    /// Each look-up that hangs holds a thread of the operating system, of which Lambda allows 1,024.
    static final int AT_ONCE = 64;

    private final Executor executor;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /// Look-ups on the threads of `executor`.
    ///
    /// @param executor runs the look-ups; its threads may block
    public AddressLookup(Executor executor) {
        this.executor = executor;
    }

    /// All addresses of a name or literal, at least one; fails with [UnknownHostException]. The JVM's cache answers a
    /// name that was looked up shortly before.
    ///
    /// @param host a name, or a literal, in brackets where it is an IPv6 one
    public CompletableFuture<List<InetAddress>> of(String host) {
        CompletableFuture<List<InetAddress>> addresses = new CompletableFuture<>();
        executor.execute(() -> {
            places.acquireUninterruptibly();
            try {
                addresses.complete(List.of(InetAddress.getAllByName(host)));
            } catch (Throwable failure) {
                addresses.completeExceptionally(failure);
            } finally {
                places.release();
            }
        });
        return addresses;
    }
}
