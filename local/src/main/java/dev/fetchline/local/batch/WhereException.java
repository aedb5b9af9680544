package dev.fetchline.local.batch;

import java.io.Serial;

/// An expression that selects records cannot be read: one sentence that says what was found where, and what was
/// expected.
public final class WhereException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    /// @param at the first character is 1
    WhereException(String expression, int at, String found, String expected) {
        super("at character %d of '%s': found %s, expected %s.".formatted(at, expression, found, expected));
    }
}
