package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.testing.JsonCases;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every difference between our reading and the WHATWG standard's, counted by rule. `docs/urls.md` explains the rules.
///
/// `wpt/urltestdata-http.json` is the standard's own suite. `url-suites.json` holds the inputs of curl's (lib1560),
/// Go's
/// (net/url) and CPython's (test_urlparse) suites; what the standard makes of them was asked of its reference
/// implementation (the npm package whatwg-url 16.0.1).
class WhatwgUrlTest {
    /// A percent-encoded unreserved character (RFC 3986 section 6.2.2.2).
    private static final Pattern NEEDLESS = Pattern.compile("%(2D|2E|5F|7E|3[0-9]|[46][1-9A-F]|[57][0-9A])");

    private static final Pattern HREF =
            Pattern.compile("(https?)://(?:[^/@]*@)?([^/:\\[]*|\\[[^\\]]*])(:[0-9]+)?(/[^?#]*)(\\?[^#]*)?(#.*)?");

    @Test
    void every_difference_to_the_standard_has_a_rule() {
        assertThat(counted("/wpt/urltestdata-http.json")).isEqualTo("""
                  2 INVALID The JDK's HTTP client does not accept this host.
                  8 INVALID The URL has no host.
                  7 INVALID The URL holds the control character U+…, which no URL can carry.
                  1 INVALID The host has a label that IDNA2003 and UTS #46 read differently, so it may mean two different hosts.
                  1 INVALID The host has a label that begins or ends with a hyphen.
                  3 INVALID The host has an empty label: two dots in a row, or one at its start.
                  1 INVALID The host has an underscore, which the JDK's HTTP client cannot fetch.
                  6 INVALID The host has an xn-- label that is no internationalised domain name.
                  4 INVALID The host is percent-encoded; write it in plain characters.
                  2 INVALID The port is not a whole number from 1 to 65535.
                  2 INVALID The text is empty: expected http:// or https://.
                  2 INVALID What stands before the colon is no scheme: expected http:// or https://.
                  9 INVALID http(s): is not followed by two slashes, so host and path cannot be told apart: expected http:// or https://.
                 14 REFUSED HOST_SPELLING
                 34 REFUSED SCHEME
                 33 REFUSED USERINFO
                  3 base cannot be fetched
                148 both: equal
                  1 both: equal but for a quote in the query
                199 both: no URL to fetch
                """);
    }

    @Test
    void so_have_the_inputs_of_other_projects() {
        assertThat(counted("/url-suites.json")).isEqualTo("""
                 14 INVALID The host has a character other than letters, digits, hyphens and dots.
                  2 INVALID The host has an underscore, which the JDK's HTTP client cannot fetch.
                  6 INVALID The host is percent-encoded; write it in plain characters.
                  1 INVALID The port is not a whole number from 1 to 65535.
                  2 INVALID The text is empty: expected http:// or https://.
                  9 INVALID http(s): is not followed by two slashes, so host and path cannot be told apart: expected http:// or https://.
                  9 REFUSED HOST_SPELLING
                  4 REFUSED SCHEME
                 51 REFUSED USERINFO
                  1 base cannot be fetched
                416 both: equal
                106 both: no URL to fetch
                """);
    }

    private static String counted(String suite) {
        var counts = new TreeMap<String, Integer>();
        JsonCases.read(suite).forEach(it -> counts.merge(rule(it), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(rule -> "%3d %s\n".formatted(rule.getValue(), rule.getKey()))
                .collect(Collectors.joining());
    }

    private static String rule(Map<String, String> it) {
        UrlReading reading;
        var base = it.get("base");
        var input = it.get("input");
        if (base == null) {
            reading = FetchUrl.read(input);
        } else if (FetchUrl.read(base) instanceof FetchUrl url) {
            reading = url.resolve(new String(input.getBytes(UTF_8), ISO_8859_1));
        } else {
            return "base cannot be fetched";
        }
        var href = it.get("href");
        if (reading instanceof FetchUrl url) {
            return href == null ? "WE ACCEPT, the standard does not" : compared(url, href);
        }
        if (href == null) {
            return "both: no URL to fetch";
        }
        return switch (reading) {
            case UrlReading.Refused(var _, var refusal) -> "REFUSED " + refusal.rule();
            case UrlReading.Invalid(var reason) ->
                "INVALID " + reason.replaceFirst("^https?:", "http(s):").replaceFirst("U\\+[0-9A-F]{4}", "U+…");
            case FetchUrl _ -> throw new AssertionError();
        };
    }

    private static String compared(FetchUrl url, String href) {
        assertThat(HttpRequest.newBuilder(url.uri()).build().uri()).hasToString(url.text());
        return normalised(href).equals(url.text())
                ? "both: equal"
                : normalised(href).replace("%27", "'").equals(url.text())
                        ? "both: equal but for a quote in the query"
                        : "WE READ IT DIFFERENTLY";
    }

    /// The standard's serialisation with what `docs/urls.md` says we do beyond: the fragment and a trailing dot of the
    /// host gone, percent-encoding in its normal form, and nothing left bare that RFC 3986 does not allow.
    private static String normalised(String href) {
        var parts = HREF.matcher(href);
        assertThat(parts.matches()).as(href).isTrue();
        var host = parts.group(2).endsWith(".")
                ? parts.group(2).substring(0, parts.group(2).length() - 1)
                : parts.group(2);
        var port = parts.group(3) == null ? "" : parts.group(3);
        var query = parts.group(5) == null ? "" : encoded(parts.group(5), "[\\^`{|}\"<>\\\\]");
        return parts.group(1) + "://" + host + port + encoded(parts.group(4), "[\\^`{|}\"<>\\[\\]\\\\]") + query;
    }

    private static String encoded(String text, String bare) {
        var upper = Pattern.compile("%[0-9a-fA-F]{2}|%")
                .matcher(text)
                .replaceAll(it -> it.group().equals("%") ? "%25" : it.group().toUpperCase(Locale.ROOT));
        var plain = NEEDLESS.matcher(upper).replaceAll(it -> Character.toString(Integer.parseInt(it.group(1), 16)));
        return Pattern.compile(bare)
                .matcher(plain)
                .replaceAll(it -> "%%%02X".formatted((int) it.group().charAt(0)));
    }
}
