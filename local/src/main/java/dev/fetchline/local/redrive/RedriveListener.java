package dev.fetchline.local.redrive;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/// Whoever started a redrive.
///
/// @param isInterrupted asked between steps: whether to stop
/// @param looked told now and then how many messages or records have been looked at
/// @param sent told now and then how many URLs have been sent
public record RedriveListener(BooleanSupplier isInterrupted, LongConsumer looked, LongConsumer sent) {
    boolean isStopping() {
        return isInterrupted.getAsBoolean();
    }
}
