package dev.fetchline.guard;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/// An http or https URL in its one canonical form: what is fetched is what is stored as the key.
///
/// Read by one parser of our own: RFC 3986 syntax and normalisation (section 6.2), with the repairs of the
/// WHATWG URL standard for what [URI] refuses although it can mean only one thing. One trailing dot of a
/// host is dropped: it is the same name to DNS, and TLS (SNI, RFC 6066 section 3) and `Host` want it
/// without.
///
/// @param text the canonical form (RFC 3986 section 6.2: case, port, dot segments, percent-encoding),
///     without fragment; ASCII, at most 8,192 characters
/// @param uri the same as the JDK's type, with a host that HttpClient accepts
/// @param host lower-case ASCII; an IPv6 literal stands in brackets
/// @param port 1 to 65,535; the scheme's own where none was written
/// @param literal the host as an address where it is a literal, found without a look-up; a v4-mapped
///     IPv6 literal is its IPv4
public record FetchUrl(String text, URI uri, String host, int port, Optional<InetAddress> literal)
        implements UrlReading {
    /// What a URL may have, as submitted and as canonical form, in bytes of UTF-8.
    public static final int BYTES_MAX = 8_192;

    /// Reads a submitted text. Never throws: what is no URL, or may not be one, is a value too.
    public static UrlReading read(String submitted) {
        return UrlParser.read(submitted, null);
    }

    /// Reads a Location against this URL (RFC 3986 section 5.2.2, strict). Never throws.
    ///
    /// @param location the header's value as the HTTP client hands it out, one char for each byte;
    ///     bytes that are UTF-8 are read as such, others as Latin-1 (WHATWG Fetch, "location URL")
    public UrlReading resolve(String location) {
        return UrlParser.read(PercentEncoding.utf8IfValid(location), this);
    }

    /// Whether `other` has the same scheme, host and port (RFC 6454 section 4).
    public boolean sameOrigin(FetchUrl other) {
        return uri.getScheme().equals(other.uri.getScheme()) && host.equals(other.host) && port == other.port;
    }

    /// A submitted text as it may be shown and stored: see [#redact(String, int)]; not cut.
    public static String redact(String submitted) {
        return redact(submitted, Integer.MAX_VALUE);
    }

    /// A submitted text as it may be shown and stored: user information replaced by `***`, control
    /// characters and lone surrogates written as a backslash, `u` and four hex digits. Works on any text,
    /// also on one that is no URL.
    ///
    /// @param charsMax at least 1; a longer text is cut and ends in an ellipsis, which is counted
    public static String redact(String submitted, int charsMax) {
        return Redaction.redact(submitted, charsMax);
    }
}
