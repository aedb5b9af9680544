package dev.fetchline.pipeline;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.FetchBatch;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.UnknownVersion;
import dev.fetchline.intake.Unreadable;
import dev.fetchline.queue.QueueMessage;
import dev.fetchline.record.RecordKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The messages of an invocation as work: each key once, whatever number of messages name it.
///
/// @param messages each message id once
/// @param items in the order in which they were first named
/// @param duplicates entries whose key was named before
/// @param duplicatesWithOtherOptions those of them that asked for it in another way; the first one's options stand
record Worklist(
        List<QueueMessage> messages,
        List<WorkItem> items,
        List<Quarantined> unreadable,
        int duplicates,
        int duplicatesWithOtherOptions) {
    /// A message that cannot be read.
    record Quarantined(QueueMessage message, String reason) {}

    /// Items of which no delivery before this one can have left a record.
    List<WorkItem> firstDelivered() {
        return items.stream().filter(item -> !item.redelivered()).toList();
    }

    /// Items that an earlier delivery may have recorded.
    List<WorkItem> redelivered() {
        return items.stream().filter(WorkItem::redelivered).toList();
    }

    static Worklist of(List<QueueMessage> messages) {
        Builder builder = new Builder();
        messages.forEach(builder::add);
        return builder.build();
    }

    private static final class Builder {
        private final Map<String, QueueMessage> messages = new LinkedHashMap<>();
        private final Map<RecordKey, WorkItem> items = new LinkedHashMap<>();
        private final List<Quarantined> unreadable = new ArrayList<>();
        private int duplicates;
        private int duplicatesWithOtherOptions;

        /// SQS may hand over one message twice in a batch: it is worked on, and reported, once.
        void add(QueueMessage message) {
            if (messages.putIfAbsent(message.messageId(), message) != null) {
                return;
            }
            switch (BatchReader.read(message.body(), message.messageId())) {
                case Unreadable(String reason) -> unreadable.add(new Quarantined(message, reason));
                case UnknownVersion(String reason) -> throw new IllegalStateException(reason);
                case Deferral deferral -> throw new IllegalStateException("not yet: " + deferral);
                case FetchBatch(String batchId, List<BatchItem> entries) ->
                    entries.forEach(entry -> add(message, batchId, entry));
            }
        }

        private void add(QueueMessage message, String batchId, BatchItem entry) {
            WorkItem.Task task = WorkItem.Task.of(entry);
            RecordKey key = task.keyIn(batchId);
            WorkItem named = items.get(key);
            if (named == null) {
                Set<String> messageIds = new LinkedHashSet<>();
                messageIds.add(message.messageId());
                Origin origin = new Origin(message.messageId(), message.sentAt());
                items.put(key, new WorkItem(key, task, origin, message.isRedelivered(), messageIds));
                return;
            }
            duplicates++;
            if (!task.options().equals(named.task().options())) {
                duplicatesWithOtherOptions++;
            }
            named.messageIds().add(message.messageId());
            Origin latest = new Origin(
                    named.origin().messageId(), Math.max(named.origin().requestedAt(), message.sentAt()));
            items.put(
                    key,
                    new WorkItem(
                            key,
                            named.task(),
                            latest,
                            named.redelivered() || message.isRedelivered(),
                            named.messageIds()));
        }

        Worklist build() {
            return new Worklist(
                    List.copyOf(messages.values()),
                    List.copyOf(items.values()),
                    List.copyOf(unreadable),
                    duplicates,
                    duplicatesWithOtherOptions);
        }
    }
}
