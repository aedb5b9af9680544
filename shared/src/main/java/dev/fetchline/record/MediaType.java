package dev.fetchline.record;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Content-Type as far as it matters here (RFC 9110 section 8.3).
///
/// @param name type and subtype in lower case
/// @param charset the parameter as written
record MediaType(String name, Optional<String> charset) {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s;,\"']+))", Pattern.CASE_INSENSITIVE);

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
        Matcher matcher = CHARSET.matcher(header);
        if (!matcher.find()) {
            return new MediaType(name, Optional.empty());
        }
        String charset = matcher.group(1) != null
                ? matcher.group(1)
                : matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        return new MediaType(name, Optional.ofNullable(charset).map(String::strip));
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
