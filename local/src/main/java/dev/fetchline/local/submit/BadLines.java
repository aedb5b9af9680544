package dev.fetchline.local.submit;

import java.util.ArrayList;
import java.util.List;

/// What was found in the input that the function would not fetch: the first ones as they are, of the others how many.
public final class BadLines {
    /// How many are kept.
    static final int SHOWN_MAX = 10;

    private final List<String> first = new ArrayList<>();
    private long invalid;
    private long refused;

    /// What the function's record of a line would say.
    enum Kind {
        INVALID,
        REFUSED
    }

    /// @param place file and line
    /// @param reason one sentence
    void add(String place, Kind kind, String reason) {
        if (kind == Kind.INVALID) {
            invalid++;
        } else {
            refused++;
        }
        if (first.size() < SHOWN_MAX) {
            first.add("%s: %s: %s".formatted(place, kind, reason.replaceFirst("[.]$", "")));
        }
    }

    /// The first ten, such as `urls.txt:3: INVALID: There is no scheme: expected http:// or https://`.
    public List<String> first() {
        return List.copyOf(first);
    }

    /// Those that are no URL or no item.
    public long invalid() {
        return invalid;
    }

    /// Those with a URL that is never fetched, whatever the settings.
    public long refused() {
        return refused;
    }

    /// All of them.
    public long count() {
        return invalid + refused;
    }
}
