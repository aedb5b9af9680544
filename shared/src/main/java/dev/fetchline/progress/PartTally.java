package dev.fetchline.progress;

import dev.fetchline.progress.ProgressRow.Counts;
import dev.fetchline.record.RecordStatus;

/// The records of one part that were made final.
final class PartTally {
    private final FamilyTally family;
    private final String name;
    private long ok;
    private long httpError;
    private long failed;
    private long refused;
    private long invalid;
    private long keys;
    private long sum;

    PartTally(FamilyTally family, String name) {
        this.family = family;
        this.name = name;
    }

    FamilyTally family() {
        return family;
    }

    long keys() {
        return keys;
    }

    void add(String sortKey, RecordStatus status) {
        switch (status) {
            case OK -> ok++;
            case HTTP_ERROR -> httpError++;
            case FAILED -> failed++;
            case REFUSED -> refused++;
            case INVALID -> invalid++;
            case RETRYING -> throw new IllegalArgumentException("a record that is RETRYING is not final");
        }
        keys++;
        sum += KeySum.hash(sortKey);
    }

    ProgressRow.Part total() {
        return new ProgressRow.Part(name, new KeySum(keys, sum), new Counts(ok, httpError, failed, refused, invalid));
    }
}
