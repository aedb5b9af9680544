package dev.fetchline.local.table;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The items by their keys: partitions in the order of a hash, so that nobody comes to rely on one, and each partition
/// in the order of its sort key. Each call is one step that no other comes between.
final class Rows {
    /// Stands for the sort key where the table has none.
    private static final AttributeValue NO_SORT_KEY = AttributeValue.fromS("");

    private static final Comparator<AttributeValue> BY_HASH =
            Comparator.<AttributeValue>comparingInt(Rows::hash).thenComparing(Scalars::compare);

    private static final NavigableMap<AttributeValue, StoredItem> EMPTY =
            Collections.unmodifiableNavigableMap(new TreeMap<>(Scalars::compare));

    private final TableShape shape;
    private final NavigableMap<AttributeValue, NavigableMap<AttributeValue, StoredItem>> partitions =
            new TreeMap<>(BY_HASH);
    private final ReentrantLock lock = new ReentrantLock();
    private long size;

    Rows(TableShape shape) {
        this.shape = shape;
    }

    long size() {
        return locked(() -> size);
    }

    List<Map<String, AttributeValue>> all() {
        return locked(() -> everything().map(StoredItem::item).toList());
    }

    /// The items under `keys`; nothing where there is none.
    List<Optional<StoredItem>> get(List<Map<String, AttributeValue>> keys) {
        return locked(
                () -> keys.stream().map(key -> Optional.ofNullable(find(key))).toList());
    }

    void putAll(List<StoredItem> rows) {
        locked(() -> {
            rows.forEach(this::put);
            return rows.size();
        });
    }

    /// Puts `row` where the condition holds of what stands there, and returns that.
    ///
    /// @param condition null for none
    Replacement replace(StoredItem row, @Nullable Condition condition) {
        return locked(() -> {
            StoredItem old = find(row.item());
            boolean holds = condition == null || condition.holds(old == null ? Map.of() : old.item());
            if (holds) {
                put(row);
            }
            return new Replacement(holds, old);
        });
    }

    /// What became of a write.
    ///
    /// @param old what stood there before; null for nothing
    record Replacement(boolean done, @Nullable StoredItem old) {}

    /// Of all items.
    ///
    /// @param after a key to go on after; empty for the beginning
    ItemPage scan(Map<String, AttributeValue> after, int itemsMax) {
        return locked(() -> ItemPage.of(after.isEmpty() ? everything() : everythingAfter(after), itemsMax, shape));
    }

    /// Of the items of one partition.
    ///
    /// @param after a key to go on after; empty for the beginning
    ItemPage query(KeyCondition condition, Map<String, AttributeValue> after, boolean forward, int itemsMax) {
        return locked(() -> {
            NavigableMap<AttributeValue, StoredItem> partition = partition(condition.partition());
            NavigableMap<AttributeValue, StoredItem> ordered = forward ? partition : partition.descendingMap();
            Stream<StoredItem> rest =
                    (after.isEmpty() ? ordered : ordered.tailMap(sortOf(after), false)).values().stream();
            return ItemPage.of(rest.filter(row -> condition.holds(row.item())), itemsMax, shape);
        });
    }

    private Stream<StoredItem> everything() {
        return partitions.values().stream().flatMap(each -> each.values().stream());
    }

    private Stream<StoredItem> everythingAfter(Map<String, AttributeValue> key) {
        AttributeValue partition = partitionOf(key);
        return Stream.concat(
                partition(partition).tailMap(sortOf(key), false).values().stream(),
                partitions.tailMap(partition, false).values().stream().flatMap(each -> each.values().stream()));
    }

    private @Nullable StoredItem find(Map<String, AttributeValue> key) {
        return partition(partitionOf(key)).get(sortOf(key));
    }

    private void put(StoredItem row) {
        StoredItem old = partitions
                .computeIfAbsent(partitionOf(row.item()), _ -> new TreeMap<>(Scalars::compare))
                .put(sortOf(row.item()), row);
        if (old == null) {
            size++;
        }
    }

    private NavigableMap<AttributeValue, StoredItem> partition(AttributeValue key) {
        return partitions.getOrDefault(key, EMPTY);
    }

    private AttributeValue partitionOf(Map<String, AttributeValue> item) {
        return TableShape.valueOf(shape.partition(), item);
    }

    private AttributeValue sortOf(Map<String, AttributeValue> item) {
        return shape.sort() == null ? NO_SORT_KEY : TableShape.valueOf(shape.sort(), item);
    }

    private static int hash(AttributeValue key) {
        int plain = switch (key.type()) {
            case S -> key.s().hashCode();
            case N -> key.n().hashCode();
            default -> key.b().hashCode();
        };
        return plain * 0x9E3779B9;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
