package dev.fetchline.local.redrive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Packs items into messages of one batch each. Items of one host go together, with the host as message
/// group: a fair queue then lets no host's messages keep the others waiting. A host of a few items gets
/// no message of its own.
final class ItemPacker {
    /// URLs in a message. One that fails repeats no more than this.
    static final int URLS_MAX = 100;

    /// A body, in bytes, its headers aside: five such messages fit a call.
    private static final int BODY_BYTES_MAX = 200 * 1024;

    private static final int OWN_MESSAGE_ITEMS_MIN = 10;

    /// SQS's limit on a message group's name, in characters.
    private static final int GROUP_CHARS_MAX = 128;

    private ItemPacker() {}

    /// What the items of a message have in common.
    ///
    /// @param headers of the caller, written once a message
    /// @param host null where they have none in common
    private record Group(
            String batchId,
            Map<String, String> headers,
            @Nullable String host) {}

    /// The messages, each item in one of them.
    static List<OutgoingMessage> pack(List<RedriveItem> items) {
        Map<Group, List<RedriveItem>> byHost = new LinkedHashMap<>();
        for (RedriveItem item : items) {
            Group group = new Group(item.batchId(), item.item().headers(), item.host());
            byHost.computeIfAbsent(group, _ -> new ArrayList<>()).add(item);
        }
        List<OutgoingMessage> messages = new ArrayList<>();
        Map<Group, List<RedriveItem>> small = new LinkedHashMap<>();
        byHost.forEach((group, its) -> {
            if (its.size() < OWN_MESSAGE_ITEMS_MIN) {
                Group shared = new Group(group.batchId, group.headers, null);
                small.computeIfAbsent(shared, _ -> new ArrayList<>()).addAll(its);
            } else {
                messages.addAll(split(its));
            }
        });
        small.values().forEach(its -> messages.addAll(split(its)));
        return messages;
    }

    private static List<OutgoingMessage> split(List<RedriveItem> items) {
        List<OutgoingMessage> messages = new ArrayList<>();
        List<RedriveItem> open = new ArrayList<>();
        int bytes = 0;
        for (RedriveItem item : items) {
            int its = BodyJson.bytesOf(item.item());
            if (!open.isEmpty() && (open.size() == URLS_MAX || bytes + its > BODY_BYTES_MAX)) {
                messages.add(message(open));
                open.clear();
                bytes = 0;
            }
            open.add(item);
            bytes += its;
        }
        messages.add(message(open));
        return messages;
    }

    private static OutgoingMessage message(List<RedriveItem> items) {
        Set<@Nullable String> hosts = new HashSet<>();
        items.forEach(item -> hosts.add(item.host()));
        String host = hosts.size() == 1 ? items.getFirst().host() : null;
        String body = BodyJson.body(
                items.getFirst().batchId(),
                items.getFirst().item().headers(),
                items.stream().map(RedriveItem::item).toList());
        String group = host == null ? null : host.substring(0, Math.min(host.length(), GROUP_CHARS_MAX));
        return OutgoingMessage.of(body, group, items.size());
    }
}
