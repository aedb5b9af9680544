package dev.fetchline.pace;

/// Is told how the table bears the writes, so that no more is fetched than can be written.
public interface WriteFeedback {
    /// The table took so many records.
    void written(int records);

    /// The table throttled, failed or did not answer.
    void refused();
}
