package dev.fetchline.guard;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parts of a URL's text (RFC 3986 section 3), where a backslash before the query is a slash as in the
/// WHATWG standard. Each method is one cut; none judges.
final class UrlSplit {
    /// Stands in keys where user information stood.
    static final String MASKED_USERINFO = "***@";

    /// Schemes whose text goes on without an authority, so that an `@` in it separates no user information.
    static final Set<String> WITHOUT_AUTHORITY =
            Set.of("about", "blob", "cid", "data", "javascript", "mailto", "mid", "sms", "tel", "urn", "xmpp");

    private static final Pattern DIGITS_ALONE = Pattern.compile("^[0-9]+(?:[/\\\\?#].*)?$");

    private UrlSplit() {}

    /// WHATWG URL section 4.4, steps 1 to 3: C0 controls and spaces at the ends, and tabs and line ends
    /// anywhere.
    static String withoutWhitespace(String submitted) {
        int from = 0;
        int to = submitted.length();
        while (from < to && submitted.charAt(from) <= ' ') {
            from++;
        }
        while (from < to && submitted.charAt(to - 1) <= ' ') {
            to--;
        }
        var trimmed = submitted.substring(from, to);
        if (trimmed.indexOf('\t') < 0 && trimmed.indexOf('\n') < 0 && trimmed.indexOf('\r') < 0) {
            return trimmed;
        }
        return trimmed.replace("\t", "").replace("\n", "").replace("\r", "");
    }

    /// The first character that has no meaning in any URL, for a person to read. A lone surrogate must
    /// not get further: all of them encode to the same `?`, so keys would collide.
    static @Nullable String firstUnreadable(String text) {
        if (isPrintableAscii(text)) {
            return null;
        }
        // codePoints() yields a surrogate only where it stands alone.
        return text.codePoints()
                .filter(point -> point < ' ' || point == 0x7F || isSurrogate(point))
                .mapToObj(point ->
                        "the %s U+%04X".formatted(isSurrogate(point) ? "lone surrogate" : "control character", point))
                .findFirst()
                .orElse(null);
    }

    static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    static @Nullable String scheme(String text) {
        int end = 0;
        while (end < text.length() && isSchemeCharacter(text.charAt(end))) {
            end++;
        }
        boolean colon = end > 0 && end < text.length() && text.charAt(end) == ':';
        return colon && Character.isLetter(text.charAt(0)) ? text.substring(0, end) : null;
    }

    /// RFC 3986 section 3.1; its first character is a letter.
    static boolean isSchemeCharacter(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '-' || c == '.');
    }

    /// `example.com:80/`, `localhost:8080` and `user:secret@host` look like scheme and rest, but nobody
    /// means that.
    ///
    /// @param scheme lower-case
    static boolean isMissingScheme(String scheme, String rest) {
        return scheme.indexOf('.') >= 0
                || DIGITS_ALONE.matcher(rest).matches()
                || (!startsWithTwoSlashes(rest) && !WITHOUT_AUTHORITY.contains(scheme) && hasAt(rest));
    }

    private static boolean hasAt(String rest) {
        return rest.substring(0, authorityEnd(rest, 0)).indexOf('@') >= 0;
    }

    static boolean startsWithTwoSlashes(String rest) {
        return rest.length() >= 2 && isSlash(rest.charAt(0)) && isSlash(rest.charAt(1));
    }

    /// WHATWG URL section 4.4, "special authority ignore slashes state": where no base could take part,
    /// what follows `http:` is a host, whatever the number of slashes before it.
    static String withTwoSlashes(String rest) {
        int host = 0;
        while (host < rest.length() && isSlash(rest.charAt(host))) {
            host++;
        }
        return "//" + rest.substring(host);
    }

    static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    /// Where the authority that begins at `from` ends.
    static int authorityEnd(String text, int from) {
        int end = from;
        while (end < text.length() && "/\\?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// Where the port's colon stands, or the end if there is none. Colons inside brackets belong to the
    /// address.
    static int portColon(String hostAndPort) {
        int from = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') : 0;
        int colon = from < 0 ? -1 : hostAndPort.indexOf(':', from);
        return colon < 0 ? hostAndPort.length() : colon;
    }

    /// The port written or meant.
    ///
    /// @param colonAndPort empty, `:`, or a colon and digits
    /// @return 1 to 65,535, or -1 if it is no port
    static int port(String colonAndPort, String scheme) {
        int port = 0;
        for (int i = 1; i < colonAndPort.length(); i++) {
            int digit = colonAndPort.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
            if (port > 65_535) {
                return -1;
            }
        }
        if (colonAndPort.length() <= 1) {
            return defaultPort(scheme);
        }
        return port == 0 ? -1 : port;
    }

    static int defaultPort(String scheme) {
        return scheme.toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }

    /// What stands before the query, with slashes for backslashes.
    static String path(String text) {
        int mark = text.indexOf('?');
        return (mark < 0 ? text : text.substring(0, mark)).replace('\\', '/');
    }

    /// What stands after the first `?`; null without one, empty for nothing after it.
    static @Nullable String query(String text) {
        int mark = text.indexOf('?');
        return mark < 0 ? null : text.substring(mark + 1);
    }
}
