package dev.fetchline.guard;

import dev.fetchline.guard.Refusal.Rule;
import dev.fetchline.guard.UrlReading.Invalid;
import dev.fetchline.guard.UrlReading.Refused;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// From text to [UrlReading]. No reason and no detail quotes more of the text than a scheme: a password may
/// stand anywhere in a text that is no URL.
final class UrlParser {
    private static final String EXPECTED = "expected http:// or https://";

    private UrlParser() {}

    /// Reads a text, whole or as a reference.
    ///
    /// @param base what a relative reference stands against; null where only a whole URL will do
    static UrlReading read(String submitted, @Nullable FetchUrl base) {
        if (PercentEncoding.utf8Length(submitted) > FetchUrl.BYTES_MAX) {
            return tooLong("");
        }
        var text = UrlSplit.withoutWhitespace(submitted);
        if (text.isEmpty()) {
            return new Invalid("The text is empty: " + EXPECTED + ".");
        }
        var stray = UrlSplit.firstUnreadable(text);
        if (stray != null) {
            return new Invalid("The URL holds %s, which no URL can carry.".formatted(stray));
        }
        var scheme = UrlSplit.scheme(text);
        if (scheme == null) {
            return base == null
                    ? new Invalid("There is no scheme: " + EXPECTED + ".")
                    : relative(UrlSplit.withoutFragment(text), base);
        }
        var lower = scheme.toLowerCase(Locale.ROOT);
        int colon = scheme.length();
        if (lower.equals("http") || lower.equals("https")) {
            var rest = UrlSplit.withoutFragment(text.substring(colon + 1));
            return absolute(lower, base == null ? UrlSplit.withTwoSlashes(rest) : rest);
        }
        if (UrlSplit.isMissingScheme(lower, text.substring(colon + 1))) {
            return new Invalid("What stands before the colon is no scheme: " + EXPECTED + ".");
        }
        // Masked before the fragment goes: a password with a "#" would otherwise be cut in two, its head left bare.
        var masked = Redaction.masked(text);
        // Where nothing says that the scheme is one, it may be the user's name, and the mask begins before it.
        boolean keptScheme = masked.startsWith(text.substring(0, colon + 1));
        return refusedScheme(lower, UrlSplit.withoutFragment(keptScheme ? masked.substring(colon + 1) : masked));
    }

    /// RFC 3986 section 5.2.2, for a reference that is not empty apart from its fragment or is nothing
    /// but a fragment.
    private static UrlReading relative(String reference, FetchUrl base) {
        var scheme = base.uri().getScheme();
        var path = UrlSplit.path(reference);
        var query = UrlSplit.query(reference);
        if (path.startsWith("//")) {
            return absolute(scheme, reference);
        }
        var basePath = base.uri().getRawPath();
        if (path.isEmpty()) {
            return build(
                    scheme,
                    base.host(),
                    base.port(),
                    basePath,
                    query == null ? base.uri().getRawQuery() : query);
        }
        var merged = path.startsWith("/") ? path : basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
        return build(scheme, base.host(), base.port(), merged, query);
    }

    /// Reads what begins with an authority. In a reference, `http:g`, `http:/g` and `///g` are read
    /// differently by RFC 3986 and WHATWG, and mean nothing here.
    ///
    /// @param rest what follows the scheme's colon
    private static UrlReading absolute(String scheme, String rest) {
        if (!UrlSplit.startsWithTwoSlashes(rest)) {
            return new Invalid("%s: is not followed by two slashes, so host and path cannot be told apart: %s."
                    .formatted(scheme, EXPECTED));
        }
        int end = UrlSplit.authorityEnd(rest, 2);
        var authority = rest.substring(2, end);
        int at = authority.lastIndexOf('@');
        var hostAndPort = authority.substring(at + 1);
        int colon = UrlSplit.portColon(hostAndPort);
        int port = UrlSplit.port(hostAndPort.substring(colon), scheme);
        if (port < 1) {
            return new Invalid("The port is not a whole number from 1 to 65535.");
        }
        var path = UrlSplit.path(rest.substring(end));
        var query = UrlSplit.query(rest.substring(end));
        return switch (HostName.read(hostAndPort.substring(0, colon))) {
            case HostName.Malformed malformed -> new Invalid(malformed.reason());
            case HostName.Misspelt(var host, var detail) ->
                at >= 0
                        ? withUserinfo(scheme, host, port, path, query)
                        : refused(canonical(scheme, host, port, path, query), Rule.HOST_SPELLING, detail);
            case HostName.Canonical(var host) ->
                at >= 0 ? withUserinfo(scheme, host, port, path, query) : build(scheme, host, port, path, query);
        };
    }

    private static UrlReading withUserinfo(String scheme, String host, int port, String path, @Nullable String query) {
        return refused(
                canonical(scheme, UrlSplit.MASKED_USERINFO + host, port, path, query),
                Rule.USERINFO,
                "The URL carries user information before its host; only URLs without it are fetched.");
    }

    private static UrlReading build(String scheme, String host, int port, String path, @Nullable String query) {
        var text = canonical(scheme, host, port, path, query);
        if (text.length() > FetchUrl.BYTES_MAX) {
            return tooLong(" in its canonical form");
        }
        try {
            var uri = new URI(text);
            if (host.equals(uri.getHost())) {
                return new FetchUrl(text, uri, host, port, Optional.ofNullable(HostName.literal(host)));
            }
        } catch (URISyntaxException _) {
            // The JDK's rule for hosts is narrower than DNS: a top-level label, for one, must begin with a letter.
        }
        return new Invalid("The JDK's HTTP client does not accept this host.");
    }

    private static String canonical(String scheme, String host, int port, String path, @Nullable String query) {
        var text = new StringBuilder(scheme).append("://").append(host);
        if (port != UrlSplit.defaultPort(scheme)) {
            text.append(':').append(port);
        }
        text.append(DotSegments.remove(PercentEncoding.path(path)));
        if (query != null) {
            text.append('?').append(PercentEncoding.query(query));
        }
        return text.toString();
    }

    private static UrlReading refusedScheme(String scheme, String maskedRest) {
        var name = scheme.length() <= 40 ? scheme : scheme.substring(0, 40) + "…";
        return refused(
                scheme + ":" + PercentEncoding.query(maskedRest),
                Rule.SCHEME,
                "The scheme is %s; only http and https are fetched.".formatted(name));
    }

    private static UrlReading refused(String key, Rule rule, String detail) {
        return key.length() > FetchUrl.BYTES_MAX
                ? tooLong(" in its canonical form")
                : new Refused(key, new Refusal(rule, detail));
    }

    private static Invalid tooLong(String where) {
        return new Invalid("The URL is longer than %,d bytes%s.".formatted(FetchUrl.BYTES_MAX, where));
    }
}
