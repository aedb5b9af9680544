package dev.fetchline.local.redrive;

import dev.fetchline.intake.DeferredItem;
import java.util.List;

/// What is to become of a dead letter.
sealed interface Decision {
    /// Its URLs are sent again as items of new messages.
    ///
    /// @param entries that are sent
    /// @param rest that goes back to the dead-letter queue, as a message of its own with the same reason
    record Send(List<DeferredItem> entries, List<DeferredItem> rest) implements Decision {}

    /// Its body is sent again as it is.
    record SendAsIs() implements Decision {}

    /// It stays.
    ///
    /// @param why one clause
    /// @param isMeant whether it would have been sent if it could be
    record Leave(String why, boolean isMeant) implements Decision {}
}
