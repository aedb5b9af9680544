package dev.fetchline.guard;

import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The host of a URL: a DNS name in ASCII, a dotted quad, or an IPv6 literal in brackets.
final class HostName {
    private static final int LABEL_CHARS_MAX = 63;
    private static final int NAME_CHARS_MAX = 253;

    private HostName() {}

    /// What a text turned out to be when read as a host.
    sealed interface Reading {}

    /// A host to fetch from.
    ///
    /// @param text lower-case ASCII, without a trailing dot; an IPv6 literal in brackets, as in RFC 5952
    record Canonical(String text) implements Reading {}

    /// An address, but not in its plain spelling.
    ///
    /// @param text an address in a spelling that readers take differently (`0177.0.0.1` is 127.0.0.1 to a
    ///     browser and 177.0.0.1 to the JDK), as written, fit for a key
    record Misspelt(String text, String detail) implements Reading {}

    /// No host.
    ///
    /// @param reason one sentence
    record Malformed(String reason) implements Reading {}

    static Reading read(String host) {
        if (host.isEmpty()) {
            return new Malformed("The URL has no host.");
        }
        if (host.startsWith("[")) {
            return bracketed(host);
        }
        if (!PercentEncoding.isAscii(host)) {
            return InternationalName.read(host);
        }
        return ascii(host.toLowerCase(Locale.ROOT));
    }

    /// Judges a host that needs no mapping.
    ///
    /// @param host lower-case ASCII
    static Reading ascii(String host) {
        if (host.indexOf('%') >= 0) {
            return new Malformed("The host is percent-encoded; write it in plain characters.");
        }
        if (host.indexOf('_') >= 0) {
            return new Malformed("The host has an underscore, which the JDK's HTTP client cannot fetch.");
        }
        for (int i = 0; i < host.length(); i++) {
            if (!isNameCharacter(host.charAt(i))) {
                return new Malformed("The host has a character other than letters, digits, hyphens and dots.");
            }
        }
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (endsInNumber(name)) {
            return Ipv4Text.parse(host) != null
                    ? new Canonical(host)
                    : new Misspelt(
                            host,
                            "The host is a number, but not four decimal numbers from 0 to 255 without leading zeros.");
        }
        var fault = faultOf(name);
        return fault == null ? new Canonical(name) : new Malformed(fault);
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    }

    /// WHATWG URL section 3.5, "ends in a number": such a host is an IPv4 address to a browser, or nothing.
    private static boolean endsInNumber(String name) {
        var last = name.substring(name.lastIndexOf('.') + 1);
        if (last.isEmpty()) {
            return false;
        }
        if (isNumber(last)) {
            return true;
        }
        return last.startsWith("0x")
                && last.substring(2).chars().allMatch(c -> PercentEncoding.hexDigit((char) c) >= 0);
    }

    private static boolean isNumber(String label) {
        for (int i = 0; i < label.length(); i++) {
            if (label.charAt(i) < '0' || label.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /// RFC 1035 section 2.3.4 and RFC 1123 section 2.1.
    private static @Nullable String faultOf(String name) {
        if (name.length() > NAME_CHARS_MAX) {
            return "The host is longer than %d characters.".formatted(NAME_CHARS_MAX);
        }
        for (var label : name.split("\\.", -1)) {
            if (label.isEmpty()) {
                return "The host has an empty label: two dots in a row, or one at its start.";
            }
            if (label.length() > LABEL_CHARS_MAX) {
                return "The host has a label of more than %d characters.".formatted(LABEL_CHARS_MAX);
            }
            if (label.startsWith("-") || label.endsWith("-")) {
                return "The host has a label that begins or ends with a hyphen.";
            }
        }
        return InternationalName.faultOf(name);
    }

    private static Reading bracketed(String host) {
        if (!host.endsWith("]")) {
            return new Malformed("The host begins with a bracket that does not close at its end.");
        }
        var inner = host.substring(1, host.length() - 1);
        int zone = inner.indexOf('%');
        var address = Ipv6Text.parse(zone < 0 ? inner : inner.substring(0, zone));
        if (address == null) {
            return new Malformed("What stands in brackets is no IPv6 address.");
        }
        var text = Ipv6Text.format(address);
        if (zone >= 0) {
            // Kept in the key, written by RFC 6874: without it the key would be that of another host.
            return new Misspelt(
                    "[" + text + "%25" + PercentEncoding.zone(inner.substring(zone)) + "]",
                    "The address has a scope id, which means nothing outside one machine.");
        }
        return new Canonical("[" + text + "]");
    }

    /// The address that a canonical host is a literal of; null for a name.
    static @Nullable InetAddress literal(String host) {
        byte[] bytes =
                host.startsWith("[") ? Ipv6Text.parse(host.substring(1, host.length() - 1)) : Ipv4Text.parse(host);
        return bytes == null ? null : Addresses.of(bytes);
    }
}
