package dev.fetchline.intake;

import java.util.List;

/// A message of the function's own: unfinished entries, of several batches perhaps, that it put back on the queue.
///
/// @param items in the order written, at most 500
public record Deferral(List<DeferredItem> items) implements Intake {
    /// Items in one message, all parts together. It bounds the work that one lost answer repeats.
    public static final int ITEMS_MAX = 500;

    public Deferral {
        items = List.copyOf(items);
    }
}
