package dev.fetchline.local.batch;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The host in a sort key of the results table.
public final class UrlHost {
    /// A method where it is not GET, and the scheme.
    private static final Pattern BEFORE_HOST = Pattern.compile("(?:[A-Z]++ )?[A-Za-z][A-Za-z0-9+.-]*+://");

    /// What a URL has around its host, and a port; the colons of an address without brackets are none.
    private static final Pattern NO_HOST = Pattern.compile(".*[/?#@\\\\\\s].*|(?:[^:]*|.*]):[0-9]*", Pattern.DOTALL);

    private UrlHost() {}

    /// A host as keys have it, from what a person wrote: in lower-case ASCII, an IPv6 address in brackets. What is no
    /// host of any URL stays as it is. Empty where there is more than a host, such as a port.
    public static Optional<String> canonical(String host) {
        if (NO_HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        boolean isBareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        UrlReading reading = FetchUrl.read("http://" + (isBareIpv6 ? "[" + host + "]" : host) + "/");
        return Optional.of(reading instanceof FetchUrl url ? url.host() : host);
    }

    /// What stands between `//` and the path, without a port. Keys are canonical URLs, so it is in lower-case ASCII.
    /// Null
    /// where the key is no URL.
    public static @Nullable String of(String key) {
        Matcher before = BEFORE_HOST.matcher(key);
        if (!before.lookingAt()) {
            return null;
        }
        int end = before.end();
        while (end < key.length() && "/?#".indexOf(key.charAt(end)) < 0) {
            end++;
        }
        int start = Math.max(before.end(), key.lastIndexOf('@', end - 1) + 1);
        int colon = key.lastIndexOf(':', end - 1);
        // The colons of an IPv6 literal stand in brackets.
        boolean hasPort = colon >= start && colon > key.lastIndexOf(']', end - 1);
        String host = key.substring(start, hasPort ? colon : end);
        return host.isEmpty() ? null : host;
    }
}
