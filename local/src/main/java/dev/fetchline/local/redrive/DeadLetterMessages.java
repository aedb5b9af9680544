package dev.fetchline.local.redrive;

import dev.fetchline.defer.DeferralJson;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.queue.Quarantine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/// The messages that take a dead letter's place.
final class DeadLetterMessages {
    /// Leaves room for attributes. What is larger is halved: the largest entry takes some 30 KB.
    private static final int BODY_BYTES_MAX = 900 * 1024;

    private DeadLetterMessages() {}

    /// For the queue: each URL as a plain item of its batch, as if it came for the first time, with its evidence.
    /// Entries that are no items keep the form of a deferral: of their text only the hash is whole.
    static List<OutgoingMessage> ofEntries(List<DeferredItem> entries, String reason) {
        List<RedriveItem> items = new ArrayList<>();
        List<DeferredItem> invalid = new ArrayList<>();
        for (DeferredItem entry : entries) {
            if (entry.entry() instanceof FetchItem item) {
                items.add(new RedriveItem(entry.batchId(), item.withEarlier(Evidence.ofDead(entry, reason))));
            } else {
                invalid.add(entry);
            }
        }
        List<OutgoingMessage> messages = new ArrayList<>(ItemPacker.pack(items));
        messages.addAll(deferrals(invalid, Map.of()));
        return messages;
    }

    /// For the dead-letter queue: entries that are not sent again, with all that they have behind them.
    static List<OutgoingMessage> ofRest(List<DeferredItem> rest, DeadLetter letter) {
        Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
        attributes.put(Quarantine.REASON, text(letter.reason()));
        attributes.put(Quarantine.ORIGINAL_MESSAGE_ID, text(letter.originalId()));
        return deferrals(rest, attributes);
    }

    /// For the queue: the message as it was sent, but for what the quarantine has added.
    static OutgoingMessage asIs(DeadLetter letter) {
        Map<String, MessageAttributeValue> attributes =
                new LinkedHashMap<>(letter.message().messageAttributes());
        attributes.remove(Quarantine.REASON);
        attributes.remove(Quarantine.ORIGINAL_MESSAGE_ID);
        return new OutgoingMessage(letter.message().body(), null, attributes, 1);
    }

    private static List<OutgoingMessage> deferrals(
            List<DeferredItem> entries, Map<String, MessageAttributeValue> attributes) {
        if (entries.isEmpty()) {
            return List.of();
        }
        if (entries.size() <= Deferral.ITEMS_MAX) {
            OutgoingMessage message = new OutgoingMessage(DeferralJson.body(entries), null, attributes, entries.size());
            if (entries.size() == 1 || message.bytes() <= BODY_BYTES_MAX) {
                return List.of(message);
            }
        }
        int half = entries.size() / 2;
        List<OutgoingMessage> messages = new ArrayList<>(deferrals(entries.subList(0, half), attributes));
        messages.addAll(deferrals(entries.subList(half, entries.size()), attributes));
        return messages;
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
