package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonArray;
import java.util.ArrayList;
import java.util.List;

/// The items of a body that lists them, in the order written, at most [Limits#ITEMS_MAX].
final class ItemList {
    private ItemList() {}

    /// One item a line; blank lines and lines that start with `#` are skipped.
    static List<BatchItem> ofLines(String text) throws Fault {
        String[] lines = text.split("\n", -1);
        // Counted before any is read, so that a body of a million lines costs no million items.
        int count = 0;
        for (String line : lines) {
            count += isUrlLine(SafeText.trim(line)) ? 1 : 0;
        }
        expectAtMost(count, "");
        List<BatchItem> items = new ArrayList<>(count);
        for (int i = 0; i < lines.length; i++) {
            String line = SafeText.trim(lines[i]);
            if (isUrlLine(line)) {
                items.add(ItemReader.readText(line, "line " + (i + 1), Options.NONE));
            }
        }
        return items;
    }

    private static boolean isUrlLine(String line) {
        return !line.isEmpty() && line.charAt(0) != '#';
    }

    /// One item an element.
    ///
    /// @param name the field that holds the list, or empty when it is the whole body
    static List<BatchItem> of(JsonArray list, String name, Options defaults) throws Fault {
        List<JsonValue> entries = list.elements();
        expectAtMost(entries.size(), name);
        List<BatchItem> items = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            items.add(ItemReader.read(entries.get(i), name + "[" + i + "]", defaults));
        }
        return items;
    }

    private static void expectAtMost(int items, String name) throws Fault {
        if (items > Limits.ITEMS_MAX) {
            throw new Fault(name, items + " items", "at most " + Limits.ITEMS_MAX);
        }
    }
}
