package dev.fetchline.local.batch;

import java.util.function.Predicate;

/// Which records are meant.
public final class Where {
    /// All of them.
    public static final Where ALL = new Where(_ -> true);

    private final Predicate<FetchRecord> predicate;

    private Where(Predicate<FetchRecord> predicate) {
        this.predicate = predicate;
    }

    /// Reads an expression such as `status=FAILED`.
    ///
    /// @throws IllegalArgumentException with one sentence on what is wrong, where, and what was expected
    public static Where parse(String expression) {
        int equals = expression.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("\"" + expression + "\" has no attribute and =");
        }
        String name = expression.substring(0, equals);
        String value = expression.substring(equals + 1);
        return new Where(fetched -> value.equals(fetched.text(name)));
    }

    /// Whether a record is meant.
    public boolean matches(FetchRecord fetched) {
        return predicate.test(fetched);
    }
}
