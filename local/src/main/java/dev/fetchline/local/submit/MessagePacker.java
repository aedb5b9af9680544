package dev.fetchline.local.submit;

import dev.fetchline.local.batch.BatchParts;
import dev.fetchline.progress.KeySum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Packs the entries of the spool into messages of one group and one part each.
///
/// Messages are sent in another order than they are packed: a group's are spread evenly over the whole, and a group
/// that
/// has but one keeps its place in the input. So no host comes in one block, even where the input is sorted by host.
final class MessagePacker {
    /// What one message may hold (SQS).
    static final int BODY_BYTES_MAX = 1 << 20;

    private final SubmitSettings settings;
    private final BatchParts parts;
    private final MessageFile.Writer file;
    private final String defaults;
    private final Map<String, String> partOfHost = new HashMap<>();
    private final Map<String, KeySum> sums = new LinkedHashMap<>();
    private final Map<Target, Pack> open = new LinkedHashMap<>();
    private final Map<String, List<Integer>> messagesOfGroup = new LinkedHashMap<>();
    private final Map<Integer, Double> placeInInput = new HashMap<>();
    private long entries;
    private long urls;
    private long bytes;
    private long groups;

    MessagePacker(SubmitSettings settings, BatchParts parts, MessageFile.Writer file) {
        this.settings = settings;
        this.parts = parts;
        this.file = file;
        this.defaults = settings.defaultsField();
        parts.names().forEach(part -> sums.put(part, KeySum.NONE));
    }

    /// Where an entry goes.
    private record Target(String part, String group) {}

    /// A message that is being filled.
    private static final class Pack {
        private final StringBuilder body;
        private final long firstNumber;
        private int urls;

        Pack(String batchId, long firstNumber) {
            this.body = new StringBuilder(256)
                    .append("{\"batchId\":")
                    .append(Json.of(json -> json.writeString(batchId)))
                    .append(",\"urls\":[");
            this.firstNumber = firstNumber;
        }
    }

    /// Packs a spool, but for its duplicates.
    void pack(Spool spool, Duplicates duplicates) throws IOException {
        entries = spool.size();
        for (int number = 0; number < Spool.FILES; number++) {
            int its = number;
            spool.each(number, (index, entry) -> {
                if (!duplicates.contains(its, index)) {
                    add(entry);
                }
            });
            endOfGroups();
        }
    }

    private void add(Spool.Entry entry) throws IOException {
        String part = partOfHost.computeIfAbsent(entry.host(), parts::partOf);
        sums.merge(part, new KeySum(1, entry.key().sumHash()), KeySum::plus);
        Target target = new Target(part, entry.group());
        Pack pack = open.get(target);
        if (pack != null && !hasRoom(pack, entry)) {
            open.remove(target);
            end(target, pack);
            pack = null;
        }
        if (pack == null) {
            pack = new Pack(parts.partitionOf(part), entry.number());
            open.put(target, pack);
        } else {
            pack.body.append(',');
        }
        pack.body.append(entry.json());
        pack.urls++;
        urls++;
    }

    private boolean hasRoom(Pack pack, Spool.Entry entry) {
        return pack.urls < settings.urlsPerMessage()
                && pack.body.length() + 1 + entry.json().length() + "]}".length() + defaults.length() <= BODY_BYTES_MAX;
    }

    private void end(Target target, Pack pack) throws IOException {
        pack.body.append(']').append(defaults).append('}');
        int number = file.add(pack.urls, target.group(), pack.body);
        bytes += pack.body.length();
        placeInInput.put(number, (double) pack.firstNumber / entries);
        messagesOfGroup.computeIfAbsent(target.group(), _ -> new ArrayList<>()).add(number);
    }

    /// A file of the spool has all entries of its groups.
    private void endOfGroups() throws IOException {
        for (Map.Entry<Target, Pack> last : open.entrySet()) {
            end(last.getKey(), last.getValue());
        }
        groups += messagesOfGroup.size();
        messagesOfGroup.values().forEach(this::placeAll);
        open.clear();
        messagesOfGroup.clear();
        placeInInput.clear();
        partOfHost.clear();
    }

    private void placeAll(List<Integer> messages) {
        int count = messages.size();
        for (int i = 0; i < count; i++) {
            int number = messages.get(i);
            double alone = placeInInput.getOrDefault(number, 0.0);
            file.place(number, count == 1 ? alone : (i + 0.5) / count);
        }
    }

    /// The keys of each part.
    Map<String, KeySum> sums() {
        return sums;
    }

    /// URLs in all messages.
    long urls() {
        return urls;
    }

    /// Bytes of all bodies.
    long bytes() {
        return bytes;
    }

    /// Registrable hosts.
    long groups() {
        return groups;
    }
}
