package dev.fetchline.defer;

import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packs items into messages: those of one message group, in the order in which they come due, as many as fit and come
/// due at about the same time.
final class Packer {
    /// A body, in bytes of UTF-8. Four such messages fit a call (SQS: 1 MiB a message and a call).
    static final int BODY_BYTES_MAX = 256 * 1024;

    /// How far apart the items of a message come due at most: the first one waits for the last.
    static final Duration SPREAD_MAX = Duration.ofSeconds(5);

    /// The longest delay that SQS gives. What is due later is delayed again when it comes back.
    static final Duration DELAY_MAX = Duration.ofMinutes(15);

    private static final int ENVELOPE_BYTES = DeferralJson.body(List.of()).length();

    private final long nowMs;
    private final Map<Part, Integer> partBytes = new HashMap<>();
    private final List<PackedMessage> messages = new ArrayList<>();

    private Packer(Instant now) {
        this.nowMs = now.toEpochMilli();
    }

    /// The messages, each item in one of them. An item too large for any message travels alone.
    static List<PackedMessage> pack(List<Deferrable> items, Instant now) {
        Map<@Nullable String, List<Entry>> groups = new LinkedHashMap<>();
        Packer packer = new Packer(now);
        for (int i = 0; i < items.size(); i++) {
            Deferrable its = items.get(i);
            groups.computeIfAbsent(its.messageGroupId(), _ -> new ArrayList<>()).add(packer.entry(i, its.item()));
        }
        groups.forEach(packer::packGroup);
        return packer.messages;
    }

    private Entry entry(int position, DeferredItem item) {
        return new Entry(position, item, Math.max(item.progress().notBefore(), nowMs));
    }

    private void packGroup(@Nullable String messageGroupId, List<Entry> entries) {
        // Stable: items that are due at the same time keep their order, and so their batches stay together.
        entries.sort(Comparator.comparingLong(Entry::dueMs));
        OpenMessage open = new OpenMessage();
        for (Entry entry : entries) {
            int bytes = DeferralJson.bytesOf(entry.item);
            if (!open.takes(entry, bytes)) {
                messages.add(open.closed(messageGroupId));
                open = new OpenMessage();
            }
            open.add(entry, bytes);
        }
        messages.add(open.closed(messageGroupId));
    }

    private record Entry(int position, DeferredItem item, long dueMs) {}

    private final class OpenMessage {
        private final List<Entry> entries = new ArrayList<>();
        private final Set<Part> parts = new HashSet<>();
        private int bytes = ENVELOPE_BYTES;

        /// An empty message takes any item.
        boolean takes(Entry entry, int entryBytes) {
            return entries.isEmpty()
                    || (entries.size() < Deferral.ITEMS_MAX
                            && entry.dueMs - entries.getFirst().dueMs <= SPREAD_MAX.toMillis()
                            && bytes + bytesAdded(Part.of(entry.item), entryBytes) <= BODY_BYTES_MAX);
        }

        void add(Entry entry, int entryBytes) {
            Part part = Part.of(entry.item);
            bytes += bytesAdded(part, entryBytes);
            entries.add(entry);
            parts.add(part);
        }

        /// The entry itself, the part around it where it is the first, and the comma before the one or the other.
        private int bytesAdded(Part part, int entryBytes) {
            if (parts.contains(part)) {
                return 1 + entryBytes;
            }
            int comma = parts.isEmpty() ? 0 : 1;
            return comma + partBytes.computeIfAbsent(part, DeferralJson::bytesOf) + entryBytes;
        }

        PackedMessage closed(@Nullable String messageGroupId) {
            long delayMs = Math.min(entries.getLast().dueMs - nowMs, DELAY_MAX.toMillis());
            return new PackedMessage(
                    messageGroupId,
                    entries.stream().map(Entry::item).toList(),
                    entries.stream().map(Entry::position).toList(),
                    bytes,
                    Math.toIntExact(Math.ceilDiv(delayMs, 1_000)));
        }
    }
}
