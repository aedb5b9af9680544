package dev.fetchline.defer;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Origin;

/// What the items of one part of a message have in common.
record Part(String batchId, Origin origin, long firstSeenAt, int hop) {
    static Part of(DeferredItem item) {
        return new Part(
                item.batchId(),
                item.origin(),
                item.progress().firstSeenAt(),
                item.progress().hop());
    }
}
