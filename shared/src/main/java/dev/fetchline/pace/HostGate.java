package dev.fetchline.pace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets work start when there is room for it: in flight overall, in flight for its host, bytes of memory
/// for its body, and room to write what comes of it. Hosts with waiting work take turns, the work of one
/// host starts in the order in which it came.
///
/// One gate serves all invocations of an environment, since what it guards (sockets, memory, the patience
/// of a host) belongs to the environment.
public final class HostGate implements WriteFeedback {
    /// So many results may wait for a table that takes none: they show when it does again. One batch write.
    static final int UNWRITTEN_MIN = 25;

    private final int inFlightMax;
    private final int inFlightPerHostMax;
    private final long bytesMax;
    private final int unwrittenMax;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Host> hosts = new HashMap<>();
    /// Hosts that have waiting work and a free place; each at most once.
    private final Deque<Host> ready = new ArrayDeque<>();

    private int inFlight;
    private long bytes;
    private int unwritten;
    /// Results that may wait at present: fewer the less the table takes.
    private int unwrittenAllowed;

    /// Calls of [#startWhatFits] not yet served: a release during a start is served by that start's own
    /// loop, so that a long queue of work that ends at once does not grow the stack.
    private final AtomicInteger unservedCalls = new AtomicInteger();

    /// A gate with these limits.
    ///
    /// @param inFlightMax pieces of work in flight overall
    /// @param inFlightPerHostMax pieces of work in flight for one host
    /// @param bytesMax bytes that all work in flight may hold; a larger single claim runs alone
    /// @param unwrittenMax results that wait to be written, from which on nothing more starts; fewer
    ///     while the table refuses writes
    public HostGate(int inFlightMax, int inFlightPerHostMax, long bytesMax, int unwrittenMax) {
        if (inFlightMax < 1 || inFlightPerHostMax < 1 || bytesMax < 1 || unwrittenMax < 1) {
            throw new IllegalArgumentException("limits start at 1");
        }
        this.inFlightMax = inFlightMax;
        this.inFlightPerHostMax = inFlightPerHostMax;
        this.bytesMax = bytesMax;
        this.unwrittenMax = unwrittenMax;
        this.unwrittenAllowed = unwrittenMax;
    }

    /// Starts `work` when there is room and gives its result; empty where the deadline passed first. The
    /// place is given back when the work's future has completed, however it completes; its bytes once
    /// what was hung on the result has run.
    ///
    /// @param host whose limit counts
    /// @param claimedBytes what the work may hold at the most
    public <T> CompletableFuture<Optional<T>> within(
            String host, long claimedBytes, Deadline deadline, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<Optional<T>> result = new CompletableFuture<>();
        lock.lock();
        try {
            // Asked under the lock: what comes after its own last [#turnAwayExpired] would wait for the work of others.
            if (deadline.passed()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            Host its = hosts.computeIfAbsent(host, Host::new);
            its.waiting.add(new Waiter(
                    claimedBytes,
                    deadline,
                    () -> start(work, result, deadline, its, claimedBytes),
                    () -> result.complete(Optional.empty())));
            if (its.waiting.size() == 1 && its.inFlight < inFlightPerHostMax) {
                ready.add(its);
            }
        } finally {
            lock.unlock();
        }
        startWhatFits();
        return result;
    }

    /// Keeps count of a result until it is written, or given up: what cannot be written is not fetched
    /// either.
    ///
    /// @return `written`
    public <T> CompletableFuture<T> whileUnwritten(CompletableFuture<T> written) {
        addUnwritten(1);
        return written.whenComplete((_, _) -> {
            addUnwritten(-1);
            startWhatFits();
        });
    }

    /// More may wait again, up to the limit.
    @Override
    public void written(int records) {
        lock.lock();
        try {
            unwrittenAllowed = Math.min(unwrittenMax, unwrittenAllowed + records);
        } finally {
            lock.unlock();
        }
        startWhatFits();
    }

    /// Fewer may wait: with a table that takes nothing, soon no more than [#UNWRITTEN_MIN], and nothing
    /// new starts.
    @Override
    public void refused() {
        lock.lock();
        try {
            int least = Math.min(unwrittenMax, UNWRITTEN_MIN);
            unwrittenAllowed = Math.max(least, unwrittenAllowed - unwrittenAllowed / 4);
        } finally {
            lock.unlock();
        }
    }

    /// Whether nothing starts because too many results wait to be written.
    public boolean isHeldBack() {
        lock.lock();
        try {
            return unwritten >= unwrittenAllowed;
        } finally {
            lock.unlock();
        }
    }

    private void addUnwritten(int count) {
        lock.lock();
        try {
            unwritten += count;
        } finally {
            lock.unlock();
        }
    }

    /// Turns away all waiting work whose deadline has passed. Called once an invocation, at its deadline.
    public void turnAwayExpired() {
        List<Waiter> expired = new ArrayList<>();
        lock.lock();
        try {
            for (Host host : hosts.values()) {
                host.waiting.removeIf(waiter -> waiter.deadline.passed() && expired.add(waiter));
            }
            // All at once: with one pass for each of a hundred thousand hosts the invocation would miss its end.
            ready.removeIf(host -> host.waiting.isEmpty());
            hosts.values().removeIf(Host::isIdle);
        } finally {
            lock.unlock();
        }
        expired.forEach(waiter -> waiter.turnAway.run());
    }

    private <T> void start(
            Supplier<CompletableFuture<T>> work,
            CompletableFuture<Optional<T>> result,
            Deadline deadline,
            Host host,
            long claimedBytes) {
        if (deadline.passed()) {
            releasePlace(host);
            releaseBytes(claimedBytes);
            result.complete(Optional.empty());
            return;
        }
        CompletableFuture<T> running;
        try {
            running = work.get();
        } catch (Throwable failure) {
            running = CompletableFuture.failedFuture(failure);
        }
        var _ = running.whenComplete((value, failure) -> {
            // First: the server of the next answer works while this one becomes a record.
            releasePlace(host);
            try {
                if (failure != null) {
                    result.completeExceptionally(failure);
                } else {
                    result.complete(Optional.of(value));
                }
            } finally {
                // Last: what hangs on the result still holds them, such as a body on its way to be a record.
                releaseBytes(claimedBytes);
            }
        });
    }

    private void releasePlace(Host host) {
        lock.lock();
        try {
            inFlight--;
            if (host.inFlight-- == inFlightPerHostMax && !host.waiting.isEmpty()) {
                ready.add(host);
            }
            forgetIfIdle(host);
        } finally {
            lock.unlock();
        }
        startWhatFits();
    }

    private void releaseBytes(long claimedBytes) {
        lock.lock();
        try {
            bytes -= claimedBytes;
        } finally {
            lock.unlock();
        }
        startWhatFits();
    }

    private void startWhatFits() {
        if (unservedCalls.getAndIncrement() != 0) {
            return;
        }
        int served = 1;
        do {
            for (Waiter next = takeNext(); next != null; next = takeNext()) {
                next.start.run();
            }
            served = unservedCalls.addAndGet(-served);
        } while (served != 0);
    }

    private @Nullable Waiter takeNext() {
        lock.lock();
        try {
            Host host = ready.peek();
            if (host == null || inFlight >= inFlightMax || unwritten >= unwrittenAllowed) {
                return null;
            }
            Waiter next = host.waiting.element();
            if (bytes > 0 && bytes + next.claimedBytes > bytesMax) {
                return null;
            }
            ready.remove();
            host.waiting.remove();
            inFlight++;
            bytes += next.claimedBytes;
            host.inFlight++;
            if (!host.waiting.isEmpty() && host.inFlight < inFlightPerHostMax) {
                ready.add(host);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfIdle(Host host) {
        if (host.isIdle()) {
            hosts.remove(host.name);
        }
    }

    private static final class Host {
        private final String name;
        private final Deque<Waiter> waiting = new ArrayDeque<>();
        private int inFlight;

        private Host(String name) {
            this.name = name;
        }

        private boolean isIdle() {
            return inFlight == 0 && waiting.isEmpty();
        }
    }

    private record Waiter(long claimedBytes, Deadline deadline, Runnable start, Runnable turnAway) {}
}
