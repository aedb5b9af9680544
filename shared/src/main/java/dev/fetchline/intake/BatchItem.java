package dev.fetchline.intake;

import org.jspecify.annotations.Nullable;

/// One entry of a batch: something to fetch, or an entry that is at fault and harms no other.
public sealed interface BatchItem permits FetchItem, InvalidItem {
    /// What came of it when it was submitted before; null where its sender says nothing of that.
    @Nullable
    Earlier earlier();

    /// This entry with other evidence.
    BatchItem withEarlier(@Nullable Earlier other);
}
