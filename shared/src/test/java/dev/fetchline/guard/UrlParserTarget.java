package dev.fetchline.guard;

import dev.fetchline.fuzz.Broken;
import dev.fetchline.fuzz.FuzzTarget;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts as URLs. What is read is cut up a second time by the pattern of RFC 3986 appendix B, written
/// in other ways that
/// mean the same, given a secret before its host, and held against [URI].
public final class UrlParserTarget implements FuzzTarget {
    /// A password; its `!` keeps it out of schemes and hosts.
    static final String SECRET = "hun!er2";

    private static final int CHARS_MAX = 8_192;

    /// Variations add a few characters; near the limit they would be over it.
    private static final int VARIED_CHARS_MAX = 8_000;

    private static final Pattern CANONICAL =
            Pattern.compile("(https?)://(\\[[0-9a-f:]+\\]|[0-9a-z.-]+)(?::([1-9][0-9]*))?(/[^?#]*)(?:\\?([^#]*))?");
    private static final Pattern QUAD =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");
    private static final Pattern UNRESERVED_TRIPLET =
            Pattern.compile("%(?:2[DE]|3\\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])");
    private static final Pattern BAD_PERCENT = Pattern.compile("%(?![0-9A-F]{2})");
    private static final Pattern SHOWABLE = Pattern.compile("[^\\p{Cntrl}]+\\.");
    private static final Pattern LEGAL = Pattern.compile("[!-~&&[^\\\\\"<>^`{|}]]+");
    private static final Pattern DOT_SEGMENT = Pattern.compile("/\\.\\.?(?:/|$)");
    private static final Pattern LABEL = Pattern.compile("(?!-)[0-9a-z-]{1,63}(?<!-)");
    private static final Pattern KEY = Pattern.compile("[!-~]+");
    private static final Pattern MASKED = Pattern.compile("https?://\\*\\*\\*@[^@/?]*(?:[/?].*)?");

    /// What is percent-encoded in a scope id is encoded once more: it may mean anything.
    private static final Pattern ENCODED_SCOPE = Pattern.compile("https?://(?:\\*\\*\\*@)?\\[[^\\]]*%25[^\\]]*%.*");

    /// Why we do not take what the JDK takes.
    private static final Pattern NARROWER = Pattern.compile(
            ".*(?:port|longer than|label|writing directions|no host|IPv6|lone surrogate|control character).*");

    private static final List<String> PIECES = Arrays.asList("""
            / \\ // : @ ? # [ ] % %2 %2e %2F %41 %C3%BC .. /./ /../ . - _ 0 0x 0x7f 127.1 1.2.3.4 :: ::ffff: ::1 99999 \
            65535 65536 :80 :443 :0 http: https:// HTTP:// ftp:// javascript: data: xn-- xn--bcher-kva | { ^ ' " ~ a Z \
            u:hun!er2@ //u:hun!er2@ %40 \t \n \r \u0000 \u007F \u00AD \u00DF \u00FC \u0130 \u03A3 \u05D0 \u0661 \u1E9E \u200D \
            \u202E \u2100 \u2460 \u3002 \uD83D \uDE00 \uD83D\uDE00 \uFF0E \uFF11 \uFF20 \uFFFD 255 256 :ffff:1.2.3.4 %25en0 \
            fe80::1%25eth0 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa \u65E5\u672C""".split(" ", -1));

    private static final List<String> HOSTS = List.of(
            "example.com",
            "EXAMPLE.com.",
            "127.0.0.1",
            "1.2.3",
            "0177.0.0.1",
            "0x7f.1",
            "2130706433",
            "256.1.1.1",
            "[::1]",
            "[2001:DB8:0:0:1::]",
            "[::ffff:1.2.3.4]",
            "[1:2:3:4:5:6:7:8]",
            "[fe80::1%25eth0]",
            "[1::2::3]",
            "[v1.x]",
            "b\u00FCcher.example",
            "xn--bcher-kva.example",
            "stra\u00DFe.de",
            "xn--strae-oqa.de",
            "xn--a",
            "\u65E5\u672C.jp",
            "a_b.example",
            "-a.example",
            "a-.example",
            "a..b",
            ".a",
            "localhost",
            "\uFF11\uFF12.example",
            "example\u3002com",
            "h",
            "1.2.3.4.",
            "xn--ls8h.la",
            "%65xample.com",
            "\u2460.example",
            "3com.example",
            "");

    @Override
    public String generate(RandomGenerator random) {
        StringBuilder url = new StringBuilder(pick(random, " ", "\t", "", "", "", "", "\u0000", "\n"));
        url.append(pick(random, "http", "https", "HTTP", "hTTps", "http", "https", "ftp", "mailto", "h\ttp", ""));
        url.append(pick(random, "://", "://", "://", "://", "://", ":", ":/", ":\\\\", ":///", "//", ":\n//"));
        url.append(pick(random, "", "", "", "", "", "", "u@", "u:" + SECRET + "@", ":@", "a:b@c:d@"));
        url.append(random.nextInt(4) > 0 ? HOSTS.get(random.nextInt(HOSTS.size())) : host(random));
        url.append(pick(random, "", "", "", ":80", ":443", ":8080", ":", ":0", ":65535", ":65536", ":08080", ":8 0"));
        for (int n = random.nextInt(5); n > 0; n--) {
            url.append(pick(random, "/", "/", "/", "\\"))
                    .append(pick(
                            random,
                            "a",
                            "..",
                            ".",
                            "%2e",
                            "%2E%2e",
                            "b c",
                            "%7euser",
                            "%C3%BC",
                            "\u00FC",
                            "",
                            "x;y=1",
                            "%",
                            "%zz",
                            "|",
                            "[",
                            "\uD83D\uDE00",
                            "@",
                            ":",
                            "%2F",
                            "a%00b"));
        }
        url.append(pick(random, "", "", "?", "?a=b&c", "?x[]=1", "?http://u:p@h/", "?%41%g", "?\u00E9?", "?'\""));
        url.append(pick(random, "", "", "", "#", "#frag", "#a#b", "#\uD800"));
        return url.append(pick(random, "", "", "", " ", "\r\n")).toString();
    }

    private static String host(RandomGenerator random) {
        StringBuilder host = new StringBuilder();
        boolean six = random.nextInt(3) == 0;
        for (int n = random.nextInt(6); n >= 0; n--) {
            host.append(
                    six
                            ? pick(random, "0", "ffff", "1", "", "db8", "00001", "1.2.3.4")
                            : pick(random, "a", "0", "255", "xn--", "b-c", "010", "\u00E9", "0x1", "example", "9999"));
            host.append(n == 0 ? "" : six ? ":" : ".");
        }
        return six ? "[" + host + "]" : host.toString();
    }

    static String pick(RandomGenerator random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @Override
    public List<String> dictionary() {
        return PIECES;
    }

    @Override
    public char charMax() {
        return '\uFFFF';
    }

    @Override
    public void check(String text) {
        UrlReading reading = FetchUrl.read(text);
        checkReading(reading);
        if (reading instanceof FetchUrl url) {
            checkSameWhenWrittenOtherwise(url, text);
            checkSecret(url);
        }
        checkJdk(text, reading);
        checkRedaction(text);
    }

    /// What holds for the reading of any text, as a whole URL or as a Location.
    static void checkReading(UrlReading reading) {
        switch (reading) {
            case UrlReading.Invalid(var reason) -> checkSentence(reason);
            case UrlReading.Refused(var key, var refusal) -> {
                checkSentence(refusal.detail());
                Broken.unless(KEY.matcher(key).matches() && key.length() <= CHARS_MAX, "a key is ASCII and fits", key);
                // Of other schemes nothing is known, so what is masked in them may not read as it did.
                if (refusal.rule() != Refusal.Rule.SCHEME
                        && !ENCODED_SCOPE.matcher(key).matches()) {
                    Broken.unlessEqual(FetchUrl.read(key), reading, "the key of what is refused is refused alike");
                }
                Broken.unlessEqual(
                        MASKED.matcher(key).matches(),
                        refusal.rule() == Refusal.Rule.USERINFO,
                        "user information is masked in the key, and nothing else is");
            }
            case FetchUrl url -> checkCanonical(url);
        }
    }

    private static void checkSentence(String sentence) {
        Broken.unless(
                SHOWABLE.matcher(sentence).matches() && sentence.length() <= 200,
                "a reason is a short sentence",
                sentence);
        Broken.unless(!sentence.contains(SECRET), "no reason shows a password", sentence);
    }

    private static void checkCanonical(FetchUrl url) {
        String text = url.text();
        Matcher parts = CANONICAL.matcher(text);
        Broken.unless(parts.matches(), "the text is a URL in its canonical form", text);
        Broken.unless(LEGAL.matcher(text).matches(), "the text has characters of RFC 3986 only", text);
        Broken.unless(text.length() <= CHARS_MAX, "the text has at most 8,192 characters", text.length());
        Broken.unlessEqual(FetchUrl.read(text), url, "the canonical form reads as itself");
        URI uri = url.uri();
        boolean https = parts.group(1).equals("https");
        int defaultPort = https ? 443 : 80;
        Broken.unlessEqual(uri.toString(), text, "the URI is the text");
        Broken.unlessEqual(uri.getScheme(), parts.group(1), "the URI has the text's scheme");
        Broken.unlessEqual(uri.getHost(), parts.group(2), "the URI has the text's host");
        Broken.unlessEqual(url.host(), parts.group(2), "the host is the text's");
        Broken.unlessEqual(
                uri.getPort(), parts.group(3) == null ? -1 : port(parts.group(3)), "the URI has the text's port");
        Broken.unlessEqual(
                url.port(), parts.group(3) == null ? defaultPort : port(parts.group(3)), "the port is the text's");
        Broken.unless(url.port() >= 1 && url.port() <= 65_535, "a port is from 1 to 65535", url.port());
        Broken.unless(uri.getPort() != defaultPort, "the scheme's own port is left out", text);
        Broken.unlessEqual(uri.getRawPath(), parts.group(4), "the URI has the text's path");
        Broken.unlessEqual(uri.getRawQuery(), parts.group(5), "the URI has the text's query");
        Broken.unlessEqual(uri.getRawUserInfo(), null, "no user information is in what is fetched");
        Broken.unless(!DOT_SEGMENT.matcher(parts.group(4)).find(), "no dot segment is left", text);
        Broken.unless(!UNRESERVED_TRIPLET.matcher(text).find(), "no unreserved character is encoded", text);
        Broken.unless(!BAD_PERCENT.matcher(text).find(), "every percent sign begins a triplet in upper case", text);
        checkHost(url);
        Broken.unlessEqual(
                HttpRequest.newBuilder(uri).build().uri().getHost(), url.host(), "HttpClient goes to that host");
    }

    private static int port(String digits) {
        return Integer.parseInt(digits);
    }

    private static void checkHost(FetchUrl url) {
        String host = url.host();
        boolean literal = host.startsWith("[") || QUAD.matcher(host).matches();
        Broken.unless(
                literal || !ENDS_IN_NUMBER.matcher(host).matches(), "a number is a host in one spelling only", host);
        Broken.unlessEqual(url.literal().isPresent(), literal, "literals are known, names are none");
        if (!literal) {
            Broken.unless(
                    host.length() <= 253
                            && Arrays.stream(host.split("\\.", -1))
                                    .allMatch(label -> LABEL.matcher(label).matches()),
                    "a name has labels of letters, digits and hyphens",
                    host);
        } else {
            InetAddress jdk = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
            Broken.unlessEqual(url.literal().get(), jdk, "a literal is the JDK's address");
        }
    }

    private static void checkSameWhenWrittenOtherwise(FetchUrl url, String submitted) {
        if (url.text().length() > VARIED_CHARS_MAX || submitted.length() > VARIED_CHARS_MAX) {
            return;
        }
        URI uri = url.uri();
        String host = url.host();
        String tail = url.text().substring(url.text().indexOf('/', "https://".length()));
        same(url, " \t\n" + submitted + "\r\u0000", "blanks around it");
        same(url, url.text() + "#fragment", "a fragment");
        same(
                url,
                uri.getScheme().toUpperCase(Locale.ROOT) + ":\\\\" + host + ":0" + url.port() + tail,
                "slashes, port");
        same(
                url,
                uri.getScheme() + "://" + host.toUpperCase(Locale.ROOT) + ":" + url.port() + "/." + tail,
                "case, dot");
        same(url, uri.getScheme() + "://" + host + ":" + url.port() + "/x/%2E%2e" + tail, "a segment up");
        if (url.literal().isEmpty()) {
            same(url, uri.getScheme() + "://" + host + ".:" + url.port() + tail, "a trailing dot of a name");
            checkUnicode(url, tail);
        }
    }

    /// The host in its own script leads to the same host, or is one that the two standards disagree
    /// about.
    private static void checkUnicode(FetchUrl url, String tail) {
        String unicode = IDN.toUnicode(url.host(), IDN.ALLOW_UNASSIGNED);
        if (unicode.equals(url.host())) {
            return;
        }
        UrlReading reading = FetchUrl.read(url.uri().getScheme() + "://" + unicode + ":" + url.port() + tail);
        boolean alike = reading.equals(url)
                || (reading instanceof UrlReading.Invalid(var reason) && reason.equals(InternationalName.DIFFERS));
        Broken.unless(alike, "a host in its own script is the same host", reading);
    }

    private static void same(FetchUrl url, String other, String how) {
        UrlReading reading = FetchUrl.read(other);
        if (!reading.equals(url)) {
            throw new Broken(
                    "the same URL, written otherwise, is the same", "%s: %s is %s".formatted(how, other, reading));
        }
    }

    private static void checkSecret(FetchUrl url) {
        if (url.text().length() > VARIED_CHARS_MAX || url.text().contains(SECRET)) {
            return;
        }
        String planted = url.text().replaceFirst("://", "://user:" + SECRET + "@");
        if (!(FetchUrl.read(planted) instanceof UrlReading.Refused(var key, var refusal))) {
            throw new Broken("user information is refused", planted);
        }
        Broken.unlessEqual(refusal.rule(), Refusal.Rule.USERINFO, "user information is refused as such");
        Broken.unlessEqual(
                key, url.text().replaceFirst("://", "://***@"), "a key without its mask is the URL that was meant");
        Broken.unless(!FetchUrl.redact(planted).contains(SECRET), "no password is shown", planted);
        Broken.unless(
                !FetchUrl.redact(planted, 40).startsWith(url.uri().getScheme() + "://user"),
                "no part of a password is shown",
                planted);
    }

    /// Two readers of one text must not end at two hosts.
    private static void checkJdk(String text, UrlReading reading) {
        URI jdk = jdk(text);
        if (jdk == null) {
            return;
        }
        switch (reading) {
            case FetchUrl url -> {
                Broken.unlessEqual(jdk.getRawUserInfo(), null, "what has user information for the JDK has it for us");
                Broken.unless(sameHost(url, jdk), "the JDK goes to the same host", url + " / " + jdk.getHost());
                int port = jdk.getPort() < 0 ? (url.uri().getScheme().equals("https") ? 443 : 80) : jdk.getPort();
                Broken.unlessEqual(url.port(), port, "the JDK goes to the same port");
            }
            case UrlReading.Refused(var _, var refusal) ->
                Broken.unless(
                        refusal.rule() == Refusal.Rule.USERINFO && jdk.getRawUserInfo() != null
                                || refusal.rule() == Refusal.Rule.HOST_SPELLING && isOddLiteral(jdk.getHost()),
                        "what the JDK takes for plain is refused only for its user information or spelling",
                        refusal);
            case UrlReading.Invalid(var reason) ->
                Broken.unless(
                        NARROWER.matcher(reason).matches(),
                        "what the JDK takes is invalid for its port, length or labels only",
                        reason);
        }
    }

    private static boolean isOddLiteral(String host) {
        return host.startsWith("[") && host.contains("%")
                || ENDS_IN_NUMBER.matcher(host).matches();
    }

    /// A URI of http or https with a host; null for anything else.
    private static @Nullable URI jdk(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                            && uri.getScheme() != null
                            && uri.getScheme().matches("(?i)https?")
                    ? uri
                    : null;
        } catch (URISyntaxException notOne) {
            return null;
        }
    }

    private static boolean sameHost(FetchUrl url, URI jdk) {
        String host = jdk.getHost().toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            return url.literal().orElseThrow().equals(InetAddress.ofLiteral(host.substring(1, host.length() - 1)));
        }
        return url.host().equals(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    }

    private static void checkRedaction(String text) {
        for (int max : new int[] {1, 40, Integer.MAX_VALUE}) {
            String shown = FetchUrl.redact(text, max);
            Broken.unless(shown.length() <= max, "what is shown keeps to its length", shown.length());
            Broken.unless(
                    shown.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0xD800 && c <= 0xDFFF),
                    "what is shown has no control characters and no lone surrogates",
                    shown);
        }
    }
}
