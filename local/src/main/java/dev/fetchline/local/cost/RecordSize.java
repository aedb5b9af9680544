package dev.fetchline.local.cost;

import dev.fetchline.local.cost.Prices.Item;
import java.util.ArrayList;
import java.util.List;

/// How large records are, and what their writes cost: made by Fetchline's own mapper, counted by DynamoDB's rules;
/// docs/cost.md says of what.
///
/// @param what is stored
/// @param kilobytes of the record
public record RecordSize(String what, double kilobytes) {
    private static final List<RecordSize> ALL = List.of(
            new RecordSize("FAILED, no response", 0.6),
            new RecordSize("none, plain headers", 0.9),
            new RecordSize("none, CDN headers", 1.2),
            new RecordSize("none, heavy headers", 2.2),
            new RecordSize("text, 0.9 KB of JSON, CDN headers", 2.1),
            new RecordSize("text, page of 30 KB (8.4 KB as stored), CDN headers", 9.6),
            new RecordSize("text, page of 60 KB (14.3 KB as stored), CDN headers", 15.5),
            new RecordSize("text, page of 105 KB: too large as stored, left out", 1.2),
            new RecordSize("all, picture of 12 KB, CDN headers", 13.2),
            new RecordSize("the most at the default limit of 16 KB as stored", 17.2),
            new RecordSize("the most at a limit of 256 KB as stored", 257.2));

    private static final String FORMAT = "%-52s %9s %5s %15s";

    /// The table of all of them.
    public static List<String> lines(Prices prices) {
        List<String> lines = new ArrayList<>();
        lines.add(FORMAT.formatted("Records, by FETCH_STORE_BODY", "KB", "WRU", "$ a million"));
        for (RecordSize size : ALL) {
            lines.add(FORMAT.formatted(
                    size.what,
                    Figures.plain(size.kilobytes),
                    size.writeUnits(),
                    Figures.usd(size.writeUnits() * prices.usd(Item.WRITE_UNIT) * 1_000_000)));
        }
        return List.copyOf(lines);
    }

    /// Write request units: one for each KB that is begun.
    long writeUnits() {
        return (long) Math.ceil(kilobytes);
    }
}
