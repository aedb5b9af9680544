package dev.fetchline.local.redrive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts by a text, such as a reason. Texts quote what came from elsewhere: whoever shows one makes it printable.
public final class Tally {
    /// Different texts that are kept; the rest are counted together. A million odd messages have a million reasons.
    private static final int TEXTS_MAX = 1_000;

    private static final String OTHERS = "other reasons";

    private final Map<String, Long> counts = new LinkedHashMap<>();

    /// Counts something.
    public void add(String text, long count) {
        boolean isRoom = counts.size() < TEXTS_MAX || counts.containsKey(text);
        counts.merge(isRoom ? text : OTHERS, count, Long::sum);
    }

    /// Everything that was counted.
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The count of a text, 0 for one that was never counted.
    public long of(String text) {
        return counts.getOrDefault(text, 0L);
    }

    /// The most frequent ones first, at most so many; the last one stands for all others where there are more.
    public List<Map.Entry<String, Long>> most(int lines) {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        if (sorted.size() <= lines) {
            return sorted;
        }
        long others = sorted.subList(lines - 1, sorted.size()).stream()
                .mapToLong(Map.Entry::getValue)
                .sum();
        List<Map.Entry<String, Long>> shown = new ArrayList<>(sorted.subList(0, lines - 1));
        shown.add(Map.entry(OTHERS, others));
        return shown;
    }
}
