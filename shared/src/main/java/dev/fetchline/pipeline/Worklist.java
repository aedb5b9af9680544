package dev.fetchline.pipeline;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.UnknownVersion;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.record.RecordKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The messages of an invocation as work: each key once, whatever number of messages name it.
///
/// @param messages each message id once
/// @param items in the order in which they were first named
/// @param unknown deferrals of a newer release
/// @param clamped deferrals that said what cannot be, and how it was taken
/// @param duplicates entries whose key was named before
/// @param duplicatesWithOtherOptions those of them that asked for it in another way; the first one's
///     options stand
record Worklist(
        List<QueueMessage> messages,
        List<WorkItem> items,
        List<Remark> unreadable,
        List<Remark> unknown,
        List<Remark> clamped,
        int duplicates,
        int duplicatesWithOtherOptions) {
    /// What is to be said of a message.
    record Remark(QueueMessage message, String reason) {}

    /// Items of which no delivery before this one can have left a record.
    List<WorkItem> firstDelivered() {
        return items.stream().filter(item -> !item.redelivered()).toList();
    }

    /// Items that an earlier delivery may have recorded.
    List<WorkItem> redelivered() {
        return items.stream().filter(WorkItem::redelivered).toList();
    }

    /// Reads the messages.
    ///
    /// @param ageMax of an item
    static Worklist of(List<QueueMessage> messages, Instant now, Duration ageMax) {
        Builder builder = new Builder(now, ageMax);
        messages.forEach(builder::add);
        return builder.build();
    }

    private static final class Builder {
        private final long now;
        private final Plausibility plausibility;
        private final Map<String, QueueMessage> messages = new LinkedHashMap<>();
        private final Map<RecordKey, WorkItem> items = new LinkedHashMap<>();
        private final List<Remark> unreadable = new ArrayList<>();
        private final List<Remark> unknown = new ArrayList<>();
        private final List<Remark> clamped = new ArrayList<>();
        private int duplicates;
        private int duplicatesWithOtherOptions;

        private Builder(Instant now, Duration ageMax) {
            this.now = now.toEpochMilli();
            this.plausibility = new Plausibility(this.now, ageMax);
        }

        /// SQS may hand over one message twice in a batch: it is worked on, and reported, once.
        void add(QueueMessage message) {
            if (messages.putIfAbsent(message.messageId(), message) != null) {
                return;
            }
            switch (BatchReader.read(message.body(), message.messageId())) {
                case Unreadable(String reason) -> unreadable.add(new Remark(message, reason));
                case UnknownVersion(String reason) -> unknown.add(new Remark(message, reason));
                case FetchBatch(String batchId, List<BatchItem> entries) -> {
                    Origin origin = new Origin(message.messageId(), message.sentAt());
                    Progress none = Progress.none(now);
                    entries.forEach(entry -> add(message, new DeferredItem(batchId, origin, entry, none), false));
                }
                case Deferral(List<DeferredItem> deferred) -> addDeferred(message, deferred);
            }
        }

        private void addDeferred(QueueMessage message, List<DeferredItem> deferred) {
            boolean isClamped = false;
            for (DeferredItem item : deferred) {
                DeferredItem plausible = plausibility.of(item, message.sentAt());
                isClamped |= plausibility.isWorthARemark(item, plausible);
                add(message, plausible, true);
            }
            if (isClamped) {
                clamped.add(new Remark(message, Plausibility.REMARK));
            }
        }

        private void add(QueueMessage message, DeferredItem item, boolean deferred) {
            WorkItem.Task task = WorkItem.Task.of(item.entry());
            RecordKey key = task.keyIn(item.batchId());
            WorkItem its = new WorkItem(
                    key,
                    item.entry(),
                    task,
                    item.origin(),
                    item.progress(),
                    message.isRedelivered(),
                    deferred,
                    message.groupId(),
                    Set.of(message.messageId()));
            WorkItem named = items.get(key);
            if (named == null) {
                items.put(key, its);
                return;
            }
            duplicates++;
            if (!task.options().equals(named.task().options())) {
                duplicatesWithOtherOptions++;
            }
            items.put(key, named.with(its));
        }

        Worklist build() {
            return new Worklist(
                    List.copyOf(messages.values()),
                    List.copyOf(items.values()),
                    List.copyOf(unreadable),
                    List.copyOf(unknown),
                    List.copyOf(clamped),
                    duplicates,
                    duplicatesWithOtherOptions);
        }
    }
}
