package dev.fetchline.intake;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Headers that nobody can change, in the order given. A type of its own, so that the 10,000 items of a message can
/// share the headers of its `defaults` instead of each holding a copy.
final class FixedHeaders extends AbstractMap<String, String> {
    private static final FixedHeaders NONE = new FixedHeaders(Map.of());

    private final Map<String, String> headers;

    private FixedHeaders(Map<String, String> headers) {
        this.headers = headers;
    }

    /// `headers` itself when it is fixed already, else a copy.
    static Map<String, String> copyOf(Map<String, String> headers) {
        if (headers.isEmpty()) {
            return NONE;
        }
        return headers instanceof FixedHeaders
                ? headers
                : new FixedHeaders(Collections.unmodifiableMap(new LinkedHashMap<>(headers)));
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return headers.entrySet();
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        return headers.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return headers.containsKey(name);
    }
}
