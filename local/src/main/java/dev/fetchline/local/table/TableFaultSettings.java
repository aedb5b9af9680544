package dev.fetchline.local.table;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// How often which fault befalls a table.
///
/// @param shares from 0 to 1 by kind, of the calls that the kind can befall; those of one call exclude each other, but
///     for slowness, so they are 1 in all at most
/// @param delayMin of a slow call, at least
/// @param delayMax of a slow call, at most
/// @param down every call fails and does nothing, whatever the shares
public record TableFaultSettings(
        Map<TableFaults.Kind, Double> shares, Duration delayMin, Duration delayMax, boolean down) {
    /// A table that never fails.
    public static final TableFaultSettings NONE = new TableFaultSettings(Map.of(), Duration.ZERO, Duration.ZERO, false);

    public TableFaultSettings {
        shares = Map.copyOf(shares);
        double together = 0;
        for (TableFaults.Kind kind : TableFaults.Kind.values()) {
            double share = shares.getOrDefault(kind, 0.0);
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException(
                        "The share of " + kind + " is " + share + "; it must be from 0 to 1.");
            }
            together += kind.excludesOthers() ? share : 0;
        }
        if (together > 1) {
            throw new IllegalArgumentException("The shares of faults " + shares + " are " + together
                    + " together; without slow calls they must be 1 at most.");
        }
        if (delayMin.isNegative() || delayMax.compareTo(delayMin) < 0) {
            throw new IllegalArgumentException("The delays go from " + delayMin + " to " + delayMax
                    + "; they must be 0 or more, the first not above the second.");
        }
    }

    /// The same with another share of one kind.
    public TableFaultSettings with(TableFaults.Kind kind, double share) {
        Map<TableFaults.Kind, Double> changed = new EnumMap<>(TableFaults.Kind.class);
        changed.putAll(shares);
        changed.put(kind, share);
        return new TableFaultSettings(changed, delayMin, delayMax, down);
    }

    /// The same with a share of slow calls.
    public TableFaultSettings withSlow(double share, Duration delayMin, Duration delayMax) {
        return new TableFaultSettings(shares, delayMin, delayMax, down).with(TableFaults.Kind.SLOW, share);
    }

    /// The same with the table down, or up again.
    public TableFaultSettings withDown(boolean now) {
        return new TableFaultSettings(shares, delayMin, delayMax, now);
    }
}
