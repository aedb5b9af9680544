package dev.fetchline.local.page;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What the page has asked of the tables since it was started: on AWS it is billed.
final class ReadCount {
    private final LongAdder calls = new LongAdder();
    private final DoubleAdder units = new DoubleAdder();

    /// @param consumed null from a server that does not count
    void add(@Nullable ConsumedCapacity consumed) {
        calls.increment();
        if (consumed != null && consumed.capacityUnits() != null) {
            units.add(consumed.capacityUnits());
        }
    }

    /// Calls that were billed by units that somebody else counted.
    void addUnits(double consumed) {
        calls.increment();
        units.add(consumed);
    }

    /// Calls of the tables.
    long calls() {
        return calls.sum();
    }

    /// Read request units, as DynamoDB itself counts them.
    double units() {
        return units.sum();
    }
}
