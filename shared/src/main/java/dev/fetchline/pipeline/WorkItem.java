package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.record.RecordKey;
import java.util.Optional;
import java.util.Set;

/// One key to settle in this invocation, for every message that names it.
///
/// @param origin of the message that named it first, with the latest time of request among them all
/// @param redelivered whether any of its messages was delivered before, so that its record may be there already
/// @param messageIds of all messages that wait for it
record WorkItem(RecordKey key, Task task, Origin origin, boolean redelivered, Set<String> messageIds) {
    /// What there is to do.
    sealed interface Task {
        /// An entry that is no item.
        record NoItem(InvalidItem entry) implements Task {}

        /// An item whose URL is none.
        record NoUrl(FetchItem item, UrlReading.Invalid reading) implements Task {}

        /// An item whose URL is of a kind that is never fetched.
        record NotAllowed(FetchItem item, UrlReading.Refused reading) implements Task {}

        /// An item to fetch.
        record Fetch(FetchItem item, FetchUrl url) implements Task {}

        static Task of(BatchItem entry) {
            return switch (entry) {
                case InvalidItem invalid -> new NoItem(invalid);
                case FetchItem item ->
                    switch (FetchUrl.read(item.url())) {
                        case UrlReading.Invalid reading -> new NoUrl(item, reading);
                        case UrlReading.Refused reading -> new NotAllowed(item, reading);
                        case FetchUrl url -> new Fetch(item, url);
                    };
            };
        }

        /// What the entry asks for beside its URL; nothing where it is none.
        default Optional<FetchItem> options() {
            return switch (this) {
                case NoItem _ -> Optional.empty();
                case NoUrl(FetchItem item, UrlReading.Invalid _) -> Optional.of(item.withUrl(""));
                case NotAllowed(FetchItem item, UrlReading.Refused _) -> Optional.of(item.withUrl(""));
                case Fetch(FetchItem item, FetchUrl _) -> Optional.of(item.withUrl(""));
            };
        }

        default RecordKey keyIn(String batchId) {
            return switch (this) {
                case NoItem(InvalidItem entry) -> RecordKey.ofInvalid(batchId, entry.sha256());
                case NoUrl(FetchItem item, UrlReading.Invalid(String reason)) ->
                    RecordKey.ofInvalid(
                            batchId, InvalidItem.ofText(item.url(), reason).sha256());
                case NotAllowed(FetchItem item, UrlReading.Refused reading) ->
                    RecordKey.ofText(batchId, item.method(), reading.key());
                case Fetch(FetchItem item, FetchUrl url) -> RecordKey.of(batchId, item.method(), url);
            };
        }
    }
}
