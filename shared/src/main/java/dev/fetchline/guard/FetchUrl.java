package dev.fetchline.guard;

import java.net.URI;

/// An http or https URL in its one canonical form: what is fetched is what is stored as the key.
///
/// @param text the canonical form (RFC 3986 section 6.2: case, port, dot segments, percent-encoding), without fragment
/// @param uri the same as the JDK's type, with a host that HttpClient accepts
/// @param host lower-case ASCII; an IPv6 literal stands in brackets
/// @param port 1 to 65,535; the scheme's own where none was written
public record FetchUrl(String text, URI uri, String host, int port) implements UrlReading {
    /// Reads a submitted text. Never throws: what is no URL, or may not be one, is a value too.
    public static UrlReading read(String submitted) {
        throw new UnsupportedOperationException(submitted);
    }

    /// Reads a Location against this URL (RFC 3986 section 5.2). Never throws.
    public UrlReading resolve(String location) {
        throw new UnsupportedOperationException(location);
    }

    /// Whether `other` has the same scheme, host and port (RFC 6454 section 4).
    public boolean sameOrigin(FetchUrl other) {
        return uri.getScheme().equals(other.uri.getScheme()) && host.equals(other.host) && port == other.port;
    }
}
