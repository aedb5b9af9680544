package dev.fetchline.local.watch;

import java.util.Locale;

/// What watching has taken.
///
/// @param readUnits of DynamoDB, as it counts them itself
/// @param requests of SQS
/// @param readUnitUsd the price of one; 0 where nothing is billed
/// @param requestUsd the price of one; 0 where nothing is billed
public record Spent(double readUnits, long requests, double readUnitUsd, double requestUsd) {
    /// Dollars by the price file.
    public double usd() {
        return readUnits * readUnitUsd + requests * requestUsd;
    }

    /// Such as `$0.0012 (9,412 read units, 60 requests of SQS)`.
    public String text() {
        if (readUnitUsd == 0) {
            return "$0 (nothing is billed here)";
        }
        return String.format(
                Locale.ROOT, "$%.4f (%,.0f read units, %,d requests of SQS)", usd(), Math.ceil(readUnits), requests);
    }
}
