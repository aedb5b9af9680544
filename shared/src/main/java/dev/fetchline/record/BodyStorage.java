package dev.fetchline.record;

import java.util.Locale;
import java.util.Optional;

/// Which bodies the record keeps: the knob `FETCH_STORE_BODY`.
public enum BodyStorage {
    NONE,
    TEXT,
    ALL;

    /// The storage that the knob names; empty where it names none.
    ///
    /// @param text `none`, `text` or `all`
    public static Optional<BodyStorage> read(String text) {
        for (BodyStorage storage : values()) {
            if (storage.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(storage);
            }
        }
        return Optional.empty();
    }
}
