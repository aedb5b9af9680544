package dev.fetchline.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A promise that an input broke.
public final class Broken extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String promise;

    /// @param promise the same for each input that breaks it, so that findings can be told apart
    /// @param detail what was seen
    public Broken(String promise, String detail) {
        super(promise + ": " + detail);
        this.promise = promise;
    }

    /// The promise.
    public String promise() {
        return promise;
    }

    /// Breaks unless `kept`.
    ///
    /// @param seen shown as it is
    public static void unless(boolean kept, String promise, @Nullable Object seen) {
        if (!kept) {
            throw new Broken(promise, EscapedText.quote(String.valueOf(seen)));
        }
    }

    /// Breaks unless both are equal.
    public static void unlessEqual(@Nullable Object found, @Nullable Object expected, String promise) {
        if (!Objects.equals(found, expected)) {
            throw new Broken(
                    promise,
                    "found %s, expected %s"
                            .formatted(
                                    EscapedText.quote(String.valueOf(found)),
                                    EscapedText.quote(String.valueOf(expected))));
        }
    }
}
