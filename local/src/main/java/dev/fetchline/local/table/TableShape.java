package dev.fetchline.local.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// A table's name and the attributes that make a key in it.
///
/// @param partition partition key
/// @param sort sort key; null where the partition key alone is the key
public record TableShape(
        String table, Key partition, @Nullable Key sort) {

    /// An attribute of a key.
    ///
    /// @param type S, N or B
    public record Key(String name, ScalarAttributeType type) {
        /// A key attribute that holds a string.
        public static Key ofString(String name) {
            return new Key(name, ScalarAttributeType.S);
        }

        AttributeValue.Type valueType() {
            return AttributeValue.Type.valueOf(type.toString());
        }
    }

    /// Partition key, then sort key.
    List<Key> keys() {
        return sort == null ? List.of(partition) : List.of(partition, sort);
    }

    /// The key attributes of an item that has them.
    Map<String, AttributeValue> keyOf(Map<String, AttributeValue> item) {
        AttributeValue first = valueOf(partition, item);
        return sort == null
                ? Map.of(partition.name(), first)
                : Map.of(partition.name(), first, sort.name(), valueOf(sort, item));
    }

    /// The value of a key attribute in an item that has it.
    static AttributeValue valueOf(Key key, Map<String, AttributeValue> item) {
        return Objects.requireNonNull(item.get(key.name()));
    }
}
