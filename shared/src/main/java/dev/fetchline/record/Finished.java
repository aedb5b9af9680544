package dev.fetchline.record;

import java.util.HashSet;
import java.util.Set;

/// Which keys the table says are done.
///
/// @param isComplete whether it answered for all of them; one that it did not answer for may be done or not
public record Finished(Set<RecordKey> done, boolean isComplete) {
    static final Finished NONE = new Finished(Set.of(), true);
    static final Finished UNKNOWN = new Finished(Set.of(), false);

    Finished and(Finished more) {
        Set<RecordKey> all = new HashSet<>(done);
        all.addAll(more.done);
        return new Finished(all, isComplete && more.isComplete);
    }
}
