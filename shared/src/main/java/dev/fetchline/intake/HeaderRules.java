package dev.fetchline.intake;

import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which request headers a message may set. A value may be a secret, so no fault ever shows one.
final class HeaderRules {
    /// A token (RFC 9110 section 5.6.2).
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /// Printable ASCII, spaces and tabs (RFC 9110 section 5.5, without obs-text): nothing that ends a line.
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");

    /// Lower case. The first four belong to the client; the rest speak to the next hop alone (RFC 9110 section 7.6.1)
    /// and would let a message reshape the connection.
    private static final List<String> REFUSED = List.of(
            "host",
            "content-length",
            "connection",
            "expect",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /// The headers in the order written. How many and how large is judged by [#merge].
    ///
    /// @param value the field `headers`, or null when it was not given
    static Map<String, String> read(@Nullable JsonValue value) throws Fault {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof JsonObject object)) {
            throw fault(value.kind(), "an object of header names and string values");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        Set<String> seen = new HashSet<>();
        for (JsonObject.Member member : object.members()) {
            String name = member.name();
            expectName(name);
            if (!seen.add(lowerCase(name))) {
                throw fault("the name " + SafeText.quote(name) + " twice", "each name once, in whatever case");
            }
            headers.put(name, value(name, member.value()));
        }
        return FixedHeaders.copyOf(headers);
    }

    /// The headers of an item: `defaults`, with those of the same name in whatever case replaced by `own`.
    static Map<String, String> merge(Map<String, String> defaults, Map<String, String> own) throws Fault {
        if (own.isEmpty()) {
            return defaults;
        }
        Map<String, Map.Entry<String, String>> byName = new LinkedHashMap<>();
        defaults.entrySet().forEach(header -> byName.put(lowerCase(header.getKey()), header));
        own.entrySet().forEach(header -> byName.put(lowerCase(header.getKey()), header));
        expectWithinLimits(byName.values());
        Map<String, String> merged = new LinkedHashMap<>();
        byName.values().forEach(header -> merged.put(header.getKey(), header.getValue()));
        return FixedHeaders.copyOf(merged);
    }

    private static void expectName(String name) throws Fault {
        if (!NAME.matcher(name).matches()) {
            throw fault("the name " + SafeText.quote(name), "names of letters, digits and !#$%&'*+-.^_`|~ only");
        }
        if (REFUSED.contains(lowerCase(name))) {
            throw fault("the name " + SafeText.quote(name), "none of " + String.join(", ", REFUSED));
        }
    }

    private static String value(String name, JsonValue value) throws Fault {
        if (!(value instanceof JsonString string)) {
            throw fault(value.kind() + " as the value of " + SafeText.quote(name), "a string");
        }
        if (!VALUE.matcher(string.text()).matches()) {
            throw fault(
                    "a character that is not allowed in the value of " + SafeText.quote(name),
                    "printable ASCII, spaces and tabs");
        }
        return string.text();
    }

    private static void expectWithinLimits(Collection<Map.Entry<String, String>> headers) throws Fault {
        if (headers.size() > Limits.HEADERS_MAX) {
            throw fault(
                    "%d headers, defaults included".formatted(headers.size()),
                    "at most %d".formatted(Limits.HEADERS_MAX));
        }
        // Names and values are ASCII by now: a character is a byte.
        int bytes = headers.stream()
                .mapToInt(header -> header.getKey().length() + header.getValue().length())
                .sum();
        if (bytes > Limits.HEADER_BYTES_MAX) {
            throw fault(
                    "%d bytes of names and values, defaults included".formatted(bytes),
                    "at most %d".formatted(Limits.HEADER_BYTES_MAX));
        }
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Fault fault(String found, String expected) {
        return new Fault("headers", found, expected);
    }
}
