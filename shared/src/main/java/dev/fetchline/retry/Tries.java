package dev.fetchline.retry;

import dev.fetchline.intake.Progress;

/// How often an item was tried.
///
/// @param made tries made, all of them
/// @param waitsGranted those of them that cost nothing, because the server itself named the time to come again
public record Tries(int made, int waitsGranted) {
    public static final Tries NONE = new Tries(0, 0);

    /// Those that an item has behind it.
    public static Tries of(Progress progress) {
        return new Tries(progress.triesMade(), progress.waitsGranted());
    }

    /// Tries that count against the limit.
    public int spent() {
        return made - waitsGranted;
    }

    public Tries plusOne() {
        return new Tries(made + 1, waitsGranted);
    }

    public Tries plusGrantedWait() {
        return new Tries(made, waitsGranted + 1);
    }
}
