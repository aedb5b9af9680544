package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.record.RecordKey;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One key to settle in this invocation, for every message that names it.
///
/// @param entry as the message that named it first has it, originals before deferrals
/// @param origin of the latest request among its messages
/// @param progress of that request; of copies of one deferral the one that is further
/// @param redelivered whether any of its messages was delivered before, so that its record may be
///     there already
/// @param deferred whether any of its messages is a deferral, so that another copy of it may be ahead
/// @param groupId of the first message; null for none
/// @param messageIds of all messages that wait for it
record WorkItem(
        RecordKey key,
        BatchItem entry,
        Task task,
        Origin origin,
        Progress progress,
        boolean redelivered,
        boolean deferred,
        @Nullable String groupId,
        Set<String> messageIds) {
    /// Whether no other delivery can have written a record that stands above ours: then it needs no
    /// condition.
    boolean isFirst() {
        return !redelivered && !deferred;
    }

    /// This item, named by one more message.
    WorkItem with(WorkItem other) {
        WorkItem latest = ORDER.compare(other, this) > 0 ? other : this;
        // Of what was sent together the first one's options win; what is left of an earlier request gives way.
        WorkItem asked = deferred && !other.deferred ? other : this;
        // Nearly every item is named by one message: only those of several have a set that grows.
        Set<String> ids = messageIds.size() == 1 ? new LinkedHashSet<>(messageIds) : messageIds;
        ids.addAll(other.messageIds);
        return new WorkItem(
                key,
                asked.entry,
                asked.task,
                latest.origin,
                latest.progress,
                redelivered || other.redelivered,
                deferred || other.deferred,
                asked.groupId,
                ids);
    }

    /// The later request first; of one request the copy that has more behind it.
    private static final Comparator<WorkItem> ORDER = Comparator.<WorkItem>comparingLong(
                    its -> its.origin().requestedAt())
            .thenComparingInt(its -> its.progress().hop())
            .thenComparingInt(its -> its.progress().triesMade());

    /// The host that its first request goes to; empty where nothing is to be requested.
    Optional<String> host() {
        return task instanceof Task.Fetch(FetchItem _, FetchUrl url) ? Optional.of(url.host()) : Optional.empty();
    }

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
