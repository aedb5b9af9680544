package dev.fetchline.defer;

import dev.fetchline.intake.DeferredItem;
import org.jspecify.annotations.Nullable;

/// An unfinished item that is to go back to the queue.
///
/// @param item its progress is that of the deferral to be sent: `hop` counts this one, `notBefore` is when it comes
///     again (0 for at once)
/// @param messageGroupId of the message that it came with, by which a fair queue shares out its turns; null for none
public record Deferrable(DeferredItem item, @Nullable String messageGroupId) {}
