package dev.fetchline.defer;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Origin;
import java.util.Map;

/// What the items of one part of a message have in common.
///
/// @param headers of the caller. A batch has most often one set of up to 8 KB for thousands of URLs: written out for
///     each, a message of 60 KB would become 20 MB of deferrals
record Part(String batchId, Origin origin, long firstSeenAt, int hop, Map<String, String> headers) {
    static Part of(DeferredItem item) {
        return new Part(
                item.batchId(),
                item.origin(),
                item.progress().firstSeenAt(),
                item.progress().hop(),
                item.entry() instanceof FetchItem fetch ? fetch.headers() : Map.of());
    }
}
