package dev.fetchline.local.hostile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One way in which a server, or a URL, is hostile, and the record that it must give. What is asked for is the page
/// `/` of the case's own server, unless a URL says otherwise.
///
/// @param theme the table that it is from
/// @param name unique among all
/// @param door where the server listens
/// @param pages what each path does with the connection; without a page it is a plain 404
/// @param url what is asked for, with the placeholders of [HostileWeb#fill]
/// @param options of the item, as JSON members
/// @param expected the record
/// @param knownFault the record that comes of it at present, by a fault that is known; null for none
public record HostileCase(
        String theme,
        String name,
        Door door,
        Map<String, Script> pages,
        String url,
        Map<String, String> options,
        Expected expected,
        @Nullable KnownFault knownFault) {
    /// How a server listens.
    public enum Door {
        /// Reads a request, then answers.
        HTTP,
        /// Plays the page `/` as soon as somebody connects, and reads nothing.
        SPEAKS_FIRST,
        /// As [#HTTP], inside TLS, with a certificate that is trusted and right.
        HTTPS,
        /// As [#HTTPS], with a certificate whose time is over.
        EXPIRED,
        /// As [#HTTPS], with the certificate of another host.
        WRONG_HOST,
        /// As [#HTTPS], with a certificate that nobody trusts.
        UNTRUSTED,
        /// Nothing listens.
        NOBODY,
        /// Listens, and its queue of connections is full.
        FULL;

        boolean isTls() {
            return this == HTTPS || this == EXPIRED || this == WRONG_HOST || this == UNTRUSTED;
        }
    }

    /// A wrong record that is known, and cannot be put right where it comes from.
    ///
    /// @param why one sentence
    /// @param found instead
    public record KnownFault(String why, Expected found) {}

    /// A case whose server answers the page `/`.
    static HostileCase of(String theme, String name, Script script, Expected expected) {
        return new HostileCase(theme, name, Door.HTTP, Map.of("/", script), "{self}/", Map.of(), expected, null);
    }

    HostileCase at(Door other) {
        return new HostileCase(theme, name, other, pages, url, options, expected, knownFault);
    }

    /// The same with one more page.
    HostileCase and(String path, Script script) {
        Map<String, Script> more = new LinkedHashMap<>(pages);
        more.put(path, script);
        return new HostileCase(theme, name, door, Map.copyOf(more), url, options, expected, knownFault);
    }

    /// The same with more pages.
    HostileCase and(Map<String, Script> others) {
        Map<String, Script> more = new LinkedHashMap<>(pages);
        more.putAll(others);
        return new HostileCase(theme, name, door, Map.copyOf(more), url, options, expected, knownFault);
    }

    HostileCase asking(String other) {
        return new HostileCase(theme, name, door, pages, other, options, expected, knownFault);
    }

    /// The same with an option of the item.
    ///
    /// @param json its value
    HostileCase with(String option, String json) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, json);
        return new HostileCase(theme, name, door, pages, url, Map.copyOf(more), expected, knownFault);
    }

    HostileCase head() {
        return with("method", "\"HEAD\"");
    }

    HostileCase knownFault(String why, Expected found) {
        return new HostileCase(theme, name, door, pages, url, options, expected, new KnownFault(why, found));
    }

    /// What marks its record.
    String tag() {
        return theme + ": " + name;
    }
}
