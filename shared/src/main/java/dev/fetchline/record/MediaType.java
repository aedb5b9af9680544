package dev.fetchline.record;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Content-Type as far as it matters here (RFC 9110 section 8.3).
///
/// @param name type and subtype in lower case
/// @param charset the parameter as written
record MediaType(String name, Optional<String> charset) {
    /// Parameters are stepped over one by one, so that what stands in another's quotes is none. All is
    /// matched possessively, because a header may be long: the stack is not, and to try all ways to share
    /// spaces out takes steps as many as the square of their number.
    private static final Pattern PARAMETER = Pattern.compile(
            ";\\s*+([^\\s=;\"]*+)\\s*+=\\s*+(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|'([^';]*+)'|([^\\s;,\"']*+))");

    /// Types outside `text/` that are text.
    private static final Set<String> TEXT_NAMES = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/x-javascript",
            "application/x-www-form-urlencoded",
            "application/x-ndjson",
            "application/jsonlines",
            "application/yaml",
            "application/x-yaml",
            "application/toml",
            "application/sql",
            "application/graphql",
            "application/x-sh",
            "application/xml-dtd",
            "application/manifest+json");

    static MediaType read(String header) {
        int end = header.indexOf(';');
        String name = (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (end < 0) {
            return new MediaType(name, Optional.empty());
        }
        Matcher parameters = PARAMETER.matcher(header);
        while (parameters.find()) {
            String value = parameters.group(1).equalsIgnoreCase("charset") ? value(parameters) : "";
            if (!value.isEmpty()) {
                return new MediaType(name, Optional.of(value));
            }
        }
        return new MediaType(name, Optional.empty());
    }

    private static String value(MatchResult parameter) {
        String quoted = parameter.group(2) != null ? parameter.group(2) : parameter.group(3);
        return (quoted != null ? quoted : parameter.group(4)).strip();
    }

    boolean isText() {
        return name.startsWith("text/") || name.endsWith("+json") || name.endsWith("+xml") || TEXT_NAMES.contains(name);
    }

    /// Where an XML declaration may name the charset (RFC 7303).
    boolean isXml() {
        return name.endsWith("/xml") || name.endsWith("+xml");
    }

    /// Where a `<meta>` may name the charset.
    boolean isHtml() {
        return name.equals("text/html") || name.equals("application/xhtml+xml");
    }
}
