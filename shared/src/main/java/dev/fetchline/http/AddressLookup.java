package dev.fetchline.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Looks names up, at most [#AT_ONCE] at a time. The operating system's resolver cannot be interrupted
/// and knows no time limit: who waits for an answer brings a limit of its own, and the thread stays until
/// the resolver lets it go.
public final class AddressLookup {
    /// Each look-up that hangs holds a thread of the operating system, of which Lambda allows 1,024.
    static final int AT_ONCE = 64;

    private final Executor executor;
    private final Resolver resolver;
    /// In the order of asking.
    private final SequencedSet<Asked> waiting = new LinkedHashSet<>();
    /// Guarded by `waiting`.
    private int places = AT_ONCE;

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
        Asked asked = new Asked(host, new CompletableFuture<>());
        if (hasPlace(asked)) {
            executor.execute(() -> answerFrom(asked));
        } else {
            // With a resolver that hangs, most are given up before their turn comes: they must not pile up.
            var _ = asked.addresses.whenComplete((_, _) -> forget(asked));
        }
        return asked.addresses;
    }

    private record Asked(String host, CompletableFuture<List<InetAddress>> addresses) {}

    /// Goes on with whoever waits: the place is given back when nobody does.
    private void answerFrom(Asked first) {
        for (Asked asked = first; asked != null; asked = next()) {
            try {
                asked.addresses.complete(List.of(resolver.resolve(asked.host)));
            } catch (Throwable failure) {
                asked.addresses.completeExceptionally(failure);
            }
        }
    }

    private boolean hasPlace(Asked asked) {
        synchronized (waiting) {
            if (places == 0) {
                waiting.add(asked);
                return false;
            }
            places--;
            return true;
        }
    }

    private void forget(Asked asked) {
        synchronized (waiting) {
            waiting.remove(asked);
        }
    }

    private @Nullable Asked next() {
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                places++;
                return null;
            }
            return waiting.removeFirst();
        }
    }
}
