package dev.fetchline.local.cli;

import java.util.Locale;

/// A kind of work that `./fetchline bench` measures, with what its records have by default.
enum CostWork {
    /// 1 KB over connections that are kept: stored as text.
    PLAIN(2.1),
    /// 1 KB, and a new TLS connection each.
    TLS(2.1),
    /// 100 KB: too large to be stored by default.
    BIG(1.2);

    private final double recordKb;

    CostWork(double recordKb) {
        this.recordKb = recordKb;
    }

    double recordKb() {
        return recordKb;
    }

    /// As in the results of the bench.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
