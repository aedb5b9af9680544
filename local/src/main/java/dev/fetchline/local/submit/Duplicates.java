package dev.fetchline.local.submit;

import java.io.IOException;
import java.util.BitSet;

/// Finds the entries whose key an earlier one has. One file of the spool after the other; one with very many entries,
/// because one host has them, in several rounds that each look at a share of the keys: so memory stays the same
/// whatever the input, but for one bit an entry.
final class Duplicates {
    /// Keys that a round holds on average: 8 MB.
    static final int KEYS_A_ROUND = 1 << 17;

    private final BitSet[] found = new BitSet[Spool.FILES];
    private long count;

    private Duplicates() {}

    static Duplicates of(Spool spool) throws IOException {
        return of(spool, KEYS_A_ROUND);
    }

    static Duplicates of(Spool spool, int keysARound) throws IOException {
        Duplicates duplicates = new Duplicates();
        for (int file = 0; file < Spool.FILES; file++) {
            BitSet its = inFile(spool, file, keysARound);
            duplicates.found[file] = its;
            duplicates.count += its.cardinality();
        }
        return duplicates;
    }

    private static BitSet inFile(Spool spool, int file, int keysARound) throws IOException {
        BitSet found = new BitSet();
        long rounds = Math.max(1, Math.ceilDiv(spool.size(file), keysARound));
        for (long round = 0; round < rounds; round++) {
            long turn = round;
            // Twice the mean: keys fall into rounds by chance, and far less unevenly than that.
            Fingerprints seen = new Fingerprints((int) Math.min(Math.max(64, 2L * keysARound), spool.size(file)));
            spool.eachKey(file, (index, key) -> {
                if (Long.remainderUnsigned(key.high(), rounds) == turn && !seen.add(key.high(), key.low())) {
                    found.set(index);
                }
            });
        }
        return found;
    }

    /// Whether an earlier entry has the same key.
    boolean contains(int file, int index) {
        return found[file].get(index);
    }

    /// How many there are.
    long count() {
        return count;
    }
}
