package dev.fetchline.local.table;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Faults of a table on demand, drawn from a seed: the same calls in the same order meet the same faults. They befall
/// what the function sends (BatchWriteItem, PutItem, BatchGetItem) and nothing else, so that whoever judges a run can
/// look at the table at any time. Thread-safe; the settings can change while calls come in.
public final class TableFaults {
    private static final Set<String> OPERATIONS = Set.of("BatchWriteItem", "PutItem", "BatchGetItem");

    /// What can befall a call.
    public enum Kind {
        /// Some or all items of a BatchWriteItem come back unwritten.
        UNPROCESSED_ITEMS,
        /// Some or all keys of a BatchGetItem come back unread.
        UNPROCESSED_KEYS,
        /// Refused with ProvisionedThroughputExceededException or ThrottlingException.
        THROTTLED,
        /// Answered with status 500; half of these calls were carried out.
        SERVER_ERROR,
        /// The connection is closed and nothing was done.
        LOST_REQUEST,
        /// The connection is closed after all was done.
        LOST_ANSWER,
        /// Carried out late, or answered late.
        SLOW,
        /// Refused with status 503, or the connection closed, for the table is down. No share: see the settings.
        DOWN;

        boolean excludesOthers() {
            return this != SLOW && this != DOWN;
        }

        private boolean befalls(String operation) {
            return switch (this) {
                case UNPROCESSED_ITEMS -> operation.equals("BatchWriteItem");
                case UNPROCESSED_KEYS -> operation.equals("BatchGetItem");
                default -> true;
            };
        }
    }

    /// What befalls one call.
    ///
    /// @param kind null for nothing
    /// @param before to wait before it is carried out
    /// @param after to wait before it is answered
    /// @param random to draw the particulars from
    record Draw(@Nullable Kind kind, Duration before, Duration after, SplittableRandom random) {}

    private final AtomicReference<TableFaultSettings> settings = new AtomicReference<>(TableFaultSettings.NONE);
    private final SplittableRandom random;
    private final Map<Kind, Long> dealt = new EnumMap<>(Kind.class);
    private final ReentrantLock lock = new ReentrantLock();

    /// No faults until [#set] says otherwise.
    public TableFaults(long seed) {
        random = new SplittableRandom(seed);
    }

    /// From the next call on.
    public void set(TableFaultSettings now) {
        settings.set(now);
    }

    /// As they are now.
    public TableFaultSettings settings() {
        return settings.get();
    }

    /// How many calls each kind has befallen so far; every kind is there.
    public Map<Kind, Long> dealt() {
        lock.lock();
        try {
            Map<Kind, Long> counts = new EnumMap<>(Kind.class);
            for (Kind kind : Kind.values()) {
                counts.put(kind, dealt.getOrDefault(kind, 0L));
            }
            return counts;
        } finally {
            lock.unlock();
        }
    }

    Draw draw(String operation) {
        TableFaultSettings now = settings.get();
        SplittableRandom own = split();
        if (!OPERATIONS.contains(operation)) {
            return new Draw(null, Duration.ZERO, Duration.ZERO, own);
        }
        if (now.down()) {
            return new Draw(Kind.DOWN, Duration.ZERO, Duration.ZERO, own);
        }
        Kind kind = kindOf(own.nextDouble(), now, operation);
        if (own.nextDouble() >= now.shares().getOrDefault(Kind.SLOW, 0.0)) {
            return new Draw(kind, Duration.ZERO, Duration.ZERO, own);
        }
        count(Kind.SLOW);
        long span = now.delayMax().minus(now.delayMin()).toNanos();
        Duration delay = now.delayMin().plusNanos((long) (own.nextDouble() * span));
        return own.nextBoolean()
                ? new Draw(kind, delay, Duration.ZERO, own)
                : new Draw(kind, Duration.ZERO, delay, own);
    }

    private static @Nullable Kind kindOf(double drawn, TableFaultSettings now, String operation) {
        double upTo = 0;
        for (Kind kind : Kind.values()) {
            if (kind.excludesOthers() && kind.befalls(operation)) {
                upTo += now.shares().getOrDefault(kind, 0.0);
                if (drawn < upTo) {
                    return kind;
                }
            }
        }
        return null;
    }

    void count(Kind kind) {
        lock.lock();
        try {
            dealt.merge(kind, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /// One generator for each call, so that how much one draws changes nothing for the next.
    private SplittableRandom split() {
        lock.lock();
        try {
            return random.split();
        } finally {
            lock.unlock();
        }
    }
}
