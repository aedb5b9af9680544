package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.Choices;
import dev.fetchline.fuzz.FuzzTarget;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Location headers. Simple ones are resolved a second time, letter by letter as RFC 3986 section 5.2
/// has it, and a third
/// time by [URI#resolve(String)].
///
/// An input: the base (one character), then the header's value, a character a byte.
public final class LocationTarget implements FuzzTarget {
    private static final List<FetchUrl> BASES = bases(
            "http://a/b/c/d;p?q",
            "https://example.com/",
            "http://[2001:db8::1]:8080/x/y",
            "https://xn--bcher-kva.example:8443/a/%20/",
            "http://h?x=/..",
            "http://127.0.0.1/a//b",
            "https://h.example/?",
            "http://h.example:443/very/deep/../path/./file.html?q=//x#f");

    /// RFC 3986 appendix B, with schemes as section 3.1 has them.
    private static final Pattern PARTS = Pattern.compile(
            "^(([A-Za-z][A-Za-z0-9+.-]*):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?", Pattern.DOTALL);
    private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?#%-]+");
    private static final Pattern BAD_TRIPLET = Pattern.compile("%(?![0-9A-F]{2})");
    private static final Pattern BLANKS_BEFORE = Pattern.compile("^[\\u0000-\\u0020]+");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\t\\n\\r]");
    private static final Pattern PLAIN_PATH = Pattern.compile("/(?![/\\\\])[!-~\\u0080-\\u00FF]*");

    /// What RFC 3986 and WHATWG read differently: an http URL without its two slashes or without its
    /// authority.
    private static final Pattern DISPUTED =
            Pattern.compile("(?i)(?:https?:(?!/{2}[^/?#]).*|/{3}.*|//(?:[?#].*)?)", Pattern.DOTALL);

    private static final Pattern BEGINS_WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private static final List<String> PIECES = Arrays.asList("""
            / // /// \\ \\\\ ? # : ; .. ../ ./ . ../../../ g g; ;x=1 y= http: https:// http:g ftp:// //h //H:80 [::1] @ u:hun!er2@ \
            %2e %2E%2e %2F % \u00C3\u00BC \u00FC \u00E6\u0097\u00A5 \u0080 \t \n \r \u0000 \u007F | " < [fe80::1%25eth0] :8080 \
            65536 b..c xn--""".split(" ", -1));

    private static List<FetchUrl> bases(String... texts) {
        return Arrays.stream(texts).map(text -> (FetchUrl) FetchUrl.read(text)).toList();
    }

    @Override
    public String generate(RandomGenerator random) {
        StringBuilder input = new StringBuilder().append((char) ('0' + random.nextInt(8)));
        input.append(UrlParserTarget.pick(
                random,
                "",
                "",
                "",
                "",
                "/",
                "/",
                "//",
                "//h.example",
                "http://h",
                "https://example.com:443",
                "HTTP:",
                "ftp://h",
                "//[::1]:8080",
                "http://u:" + UrlParserTarget.SECRET + "@h",
                "\\\\h",
                "?",
                "#",
                " /"));
        for (int n = random.nextInt(6); n > 0; n--) {
            input.append(UrlParserTarget.pick(
                    random,
                    "/",
                    "/",
                    "",
                    "g",
                    ".",
                    "..",
                    "../",
                    "./",
                    "/..",
                    "/.",
                    "a%20b",
                    ";x",
                    "\u00C3\u00BC",
                    "\u00E9",
                    "b:c",
                    "=",
                    "//"));
        }
        return input.append(UrlParserTarget.pick(random, "", "", "", "?", "?y", "?y/../x", "#s", "?a#b/../c"))
                .toString();
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public void check(String input) {
        Choices choices = new Choices(input);
        FetchUrl base = BASES.get(choices.below(BASES.size()));
        String location = choices.rest();
        UrlReading reading = base.resolve(location);
        UrlParserTarget.checkReading(reading);
        if (reading instanceof FetchUrl url) {
            checkOrigin(base, location, url);
        }
        if (SIMPLE.matcher(location).matches() && !BAD_TRIPLET.matcher(location).find() && location.length() < 4_000) {
            checkSimple(base, location, reading);
        }
        checkBytes(base, location, reading);
    }

    /// Where it leads is the base's origin, or stands in the Location.
    private static void checkOrigin(FetchUrl base, String location, FetchUrl url) {
        String cleaned = BLANKS_BEFORE
                .matcher(LINE_ENDS.matcher(location).replaceAll(""))
                .replaceAll("")
                .replace('\\', '/');
        boolean relative = !BEGINS_WITH_SCHEME.matcher(cleaned).matches() && !cleaned.startsWith("//");
        Broken.unless(!relative || url.sameOrigin(base), "a relative reference stays at its origin", url);
        boolean ascii = cleaned.chars().allMatch(c -> c < 0x80);
        boolean written = !ascii
                || url.host().startsWith("[")
                || cleaned.toLowerCase(Locale.ROOT).contains(url.host());
        Broken.unless(written || url.host().equals(base.host()), "another host stands in the Location", url);
        Broken.unlessEqual(
                url.sameOrigin(base),
                url.uri().getScheme().equals(base.uri().getScheme())
                        && url.uri().getHost().equals(base.uri().getHost())
                        && url.uri().getPort() == base.uri().getPort(),
                "the same origin is the same scheme, host and port");
    }

    private static void checkSimple(FetchUrl base, String location, UrlReading reading) {
        if (DISPUTED.matcher(location).matches()) {
            Broken.unless(reading instanceof UrlReading.Invalid, "a Location with two meanings has none", reading);
            return;
        }
        Matcher reference = PARTS.matcher(location);
        if (!reference.matches() || BEGINS_WITH_SCHEME.matcher(location).matches()) {
            Broken.unlessEqual(reading, FetchUrl.read(location), "a Location with a scheme is a URL of its own");
            return;
        }
        Broken.unlessEqual(
                reading, FetchUrl.read(resolved(base, reference)), "resolved as RFC 3986 section 5.2 has it");
        URI jdk = jdkResolved(base, location, reference);
        if (jdk != null) {
            Broken.unlessEqual(reading, FetchUrl.read(jdk.toString()), "resolved as the JDK does");
        }
    }

    /// Null where the JDK is known to differ: a query alone replaces the file, too, and empty segments
    /// vanish.
    private static @Nullable URI jdkResolved(FetchUrl base, String location, Matcher reference) {
        boolean queryAlone = reference.group(5).isEmpty() && reference.group(3) == null;
        boolean emptySegments = (base.uri().getRawPath() + reference.group(5)).contains("//");
        if (queryAlone || emptySegments || reference.group(3) != null) {
            return null;
        }
        try {
            return base.uri().resolve(location);
        } catch (IllegalArgumentException notForTheJdk) {
            return null;
        }
    }

    /// Section 5.2.2 and 5.3, for a reference without a scheme.
    private static String resolved(FetchUrl base, Matcher reference) {
        URI b = base.uri();
        String authority = b.getRawAuthority();
        String path = reference.group(5);
        String query = reference.group(6) == null ? null : reference.group(7);
        if (reference.group(3) != null) {
            authority = reference.group(4);
            path = withoutDotSegments(path);
        } else if (path.isEmpty()) {
            path = b.getRawPath();
            query = query == null ? b.getRawQuery() : query;
        } else {
            String whole = path.startsWith("/")
                    ? path
                    : b.getRawPath().substring(0, b.getRawPath().lastIndexOf('/') + 1) + path;
            path = withoutDotSegments(whole);
        }
        return b.getScheme() + "://" + authority + path + (query == null ? "" : "?" + query);
    }

    /// Section 5.2.4, step by step. Triplets that are dots are dots (section 6.2.2.2), so they go first.
    private static String withoutDotSegments(String path) {
        String in = path.replace("%2E", ".");
        StringBuilder out = new StringBuilder();
        while (!in.isEmpty()) {
            if (in.startsWith("../")) {
                in = in.substring(3);
            } else if (in.startsWith("./")) {
                in = in.substring(2);
            } else if (in.startsWith("/./")) {
                in = in.substring(2);
            } else if (in.equals("/.")) {
                in = "/";
            } else if (in.startsWith("/../") || in.equals("/..")) {
                in = in.equals("/..") ? "/" : in.substring(3);
                out.setLength(Math.max(0, out.lastIndexOf("/")));
            } else if (in.equals(".") || in.equals("..")) {
                in = "";
            } else {
                int end = in.indexOf('/', 1);
                out.append(in, 0, end < 0 ? in.length() : end);
                in = end < 0 ? "" : in.substring(end);
            }
        }
        return out.toString();
    }

    /// Bytes in a path, written as triplets, are the same path: as they are where they are UTF-8, else
    /// as Latin-1.
    private static void checkBytes(FetchUrl base, String location, UrlReading reading) {
        if (!PLAIN_PATH.matcher(location).matches() || location.length() > 1_000) {
            return;
        }
        boolean utf8 = isUtf8(location);
        StringBuilder ascii = new StringBuilder();
        for (byte b : location.getBytes(utf8 ? ISO_8859_1 : UTF_8)) {
            ascii.append(b < 0 ? "%%%02X".formatted(b & 0xFF) : (char) b);
        }
        Broken.unlessEqual(reading, base.resolve(ascii.toString()), "bytes are UTF-8, or else Latin-1");
    }

    private static boolean isUtf8(String bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)));
            return true;
        } catch (CharacterCodingException other) {
            return false;
        }
    }
}
