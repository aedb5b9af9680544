package dev.fetchline.local.redrive;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.intake.FetchItem;
import org.jspecify.annotations.Nullable;

/// An item that is sent again.
///
/// @param batchId of its record, so that the new record takes the place of the old one
/// @param item with what came of it before
record RedriveItem(String batchId, FetchItem item) {
    /// By which messages are grouped; null for what is no URL.
    @Nullable
    String host() {
        return FetchUrl.read(item.url()) instanceof FetchUrl url ? url.host() : null;
    }
}
