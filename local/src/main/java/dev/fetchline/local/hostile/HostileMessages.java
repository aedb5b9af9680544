package dev.fetchline.local.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The messages that ask for the cases of a web.
public final class HostileMessages {
    private HostileMessages() {}

    /// A message for each case: the bad URL, and the honest page of the same server behind it.
    ///
    /// @param batchIdPrefix the case's number follows it
    public static List<String> oneByOne(HostileWeb web, String batchIdPrefix) {
        List<Map<String, String>> items = web.items();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < items.size(); i += 2) {
            bodies.add(message(batchIdPrefix + i / 2, items.subList(i, i + 2)));
        }
        return bodies;
    }

    /// All cases in a few large messages, an honest page behind each.
    public static List<String> together(HostileWeb web, String batchIdPrefix, int itemsPerMessage) {
        List<Map<String, String>> items = web.items();
        List<String> bodies = new ArrayList<>();
        for (int from = 0; from < items.size(); from += itemsPerMessage) {
            bodies.add(message(
                    batchIdPrefix + from / itemsPerMessage,
                    items.subList(from, Math.min(items.size(), from + itemsPerMessage))));
        }
        return bodies;
    }

    private static String message(String batchId, List<Map<String, String>> items) {
        return items.stream()
                .map(item -> item.entrySet().stream()
                        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                        .collect(Collectors.joining(",", "{", "}")))
                .collect(Collectors.joining(",", "{\"batchId\":\"" + batchId + "\",\"urls\":[", "]}"));
    }
}
