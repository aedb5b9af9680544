package dev.fetchline.intake;

import java.util.List;

/// A message of the function's own: unfinished entries, of several batches perhaps, that it put back on the queue.
///
/// @param items in the order written, at most 500
public record Deferral(List<DeferredItem> items) implements Intake {
    /// Items in one message: what a single failure of it repeats, and what an invocation takes in at the least.
    public static final int ITEMS_MAX = 500;

    public Deferral {
        items = List.copyOf(items);
    }
}
