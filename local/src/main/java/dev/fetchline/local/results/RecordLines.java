package dev.fetchline.local.results;

import dev.fetchline.local.batch.FetchRecord;

/// Records as text, one after the other.
public interface RecordLines {
    /// What stands before all records; empty for nothing. With its line end.
    String heading();

    /// One record, with its line end or ends.
    String of(FetchRecord fetched);
}
