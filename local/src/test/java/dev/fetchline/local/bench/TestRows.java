package dev.fetchline.local.bench;

/// Records as a program would write them.
final class TestRows {
    private TestRows() {}

    /// The record that the URL of a number must have.
    static Ledger.Row of(Work work, int number) {
        Pages pages = new Pages(work.bodyBytes(), work.tls());
        return new Ledger.Row(
                number, Work.batchId(number), "OK", "200", pages.hash(number), Integer.toString(work.bodyBytes()), 900);
    }
}
