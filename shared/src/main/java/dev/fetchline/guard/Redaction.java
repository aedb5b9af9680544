package dev.fetchline.guard;

import java.util.Locale;
import java.util.regex.Pattern;

/// A submitted text made fit to be shown. It may be no URL at all, so this looks for user information more
/// widely than the parser does: where one may stand, it is masked.
final class Redaction {
    private static final String MASK = "***";
    private static final String ELLIPSIS = "…";

    /// Behind any `://`, not only the first: a text may hold a URL in quotes, or one in its query.
    private static final Pattern INNER_USERINFO = Pattern.compile("(:[/\\\\]{2,})[^/\\\\?#]*@");

    private Redaction() {}

    static String redact(String submitted, int charsMax) {
        if (charsMax < 1) {
            throw new IllegalArgumentException("charsMax is %d; at least 1 is needed.".formatted(charsMax));
        }
        return printable(masked(submitted), charsMax);
    }

    /// The text with a mask where user information stands or may stand.
    static String masked(String submitted) {
        if (lastAt(submitted, 0, submitted.length()) < 0) {
            return submitted;
        }
        var text = INNER_USERINFO.matcher(submitted).replaceAll("$1" + MASK + "@");
        int from = authorityStart(text);
        int end = UrlSplit.authorityEnd(text, from);
        int at = lastAt(text, from, end);
        if (at < 0 && from > 0 && !isPort(text, from, end)) {
            // "http://user:pa/ss@host/": what looks like a port is none, so the authority may end later.
            at = lastAt(text, from, text.length());
        }
        return at < 0 ? text : text.substring(0, from) + MASK + text.substring(at);
    }

    /// Behind `scheme:` and its slashes, controls and spaces skipped as the parser skips them. Without
    /// slashes a text is taken to begin with its authority, unless the scheme is one of those that go
    /// without.
    private static int authorityStart(String text) {
        int i = 0;
        var name = new StringBuilder();
        while (i < text.length() && (isBlank(text.charAt(i)) || UrlSplit.isSchemeCharacter(text.charAt(i)))) {
            if (!isBlank(text.charAt(i))) {
                name.append(text.charAt(i));
            }
            i++;
        }
        boolean colon = i < text.length() && text.charAt(i) == ':';
        if (!colon && !name.isEmpty()) {
            return 0;
        }
        int afterScheme = colon ? i + 1 : i;
        int from = afterScheme;
        while (from < text.length() && (isBlank(text.charAt(from)) || UrlSplit.isSlash(text.charAt(from)))) {
            from++;
        }
        boolean slashed = text.substring(afterScheme, from).chars().anyMatch(c -> UrlSplit.isSlash((char) c));
        var scheme = name.toString().toLowerCase(Locale.ROOT);
        if (UrlSplit.WITHOUT_AUTHORITY.contains(scheme)) {
            return text.length();
        }
        return slashed || scheme.equals("http") || scheme.equals("https") ? from : 0;
    }

    private static boolean isBlank(char c) {
        return c <= ' ';
    }

    /// The last `@` in the range, also where it is written full-width or percent-encoded.
    private static int lastAt(String text, int from, int end) {
        var range = text.substring(from, end);
        int at = Math.max(range.lastIndexOf('@'), Math.max(range.lastIndexOf('\uFF20'), range.lastIndexOf("%40")));
        return at < 0 ? -1 : from + at;
    }

    private static boolean isPort(String text, int from, int end) {
        var authority = text.substring(from, end);
        return authority
                .substring(UrlSplit.portColon(authority))
                .chars()
                .allMatch(c -> c == ':' || (c >= '0' && c <= '9') || c <= ' ');
    }

    private static String printable(String text, int charsMax) {
        if (text.length() <= charsMax && UrlSplit.isPrintableAscii(text)) {
            return text;
        }
        var out = new StringBuilder();
        int fits = 0;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (Character.isISOControl(point) || (point >= 0xD800 && point <= 0xDFFF)) {
                out.append("\\u%04X".formatted(point));
            } else {
                out.appendCodePoint(point);
            }
            if (out.length() > charsMax) {
                return out.substring(0, fits) + ELLIPSIS;
            }
            if (out.length() < charsMax) {
                fits = out.length();
            }
        }
        return out.toString();
    }
}
