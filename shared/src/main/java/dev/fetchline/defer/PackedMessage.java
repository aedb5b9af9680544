package dev.fetchline.defer;

import dev.fetchline.intake.DeferredItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message to be sent. Its body is written only when it is sent: items that share the headers of their batch would
/// all at once take many times the memory that they took when they came in.
///
/// @param positions of its items among those that were given
/// @param bodyBytes of the body, UTF-8
/// @param delaySeconds for which the queue keeps it back, 0 to 900
record PackedMessage(
        @Nullable String messageGroupId,
        List<DeferredItem> items,
        List<Integer> positions,
        int bodyBytes,
        int delaySeconds) {
    String body() {
        return DeferralJson.body(items);
    }
}
