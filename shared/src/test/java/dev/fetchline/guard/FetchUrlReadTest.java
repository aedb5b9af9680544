package dev.fetchline.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.Refusal.Rule;
import dev.fetchline.guard.UrlReading.Invalid;
import dev.fetchline.guard.UrlReading.Refused;
import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchUrlReadTest {
    @ParameterizedTest
    @MethodSource
    void has_one_canonical_form(String submitted, String canonical) {
        var url = fetchable(submitted);
        assertThat(url.text()).isEqualTo(canonical);
        assertThat(FetchUrl.read(canonical)).isEqualTo(url);
        assertThat(HttpRequest.newBuilder(url.uri()).build().uri().getHost()).isEqualTo(url.host());
    }

    static Stream<Arguments> has_one_canonical_form() {
        return Stream.of(
                // case of scheme and host; path and query keep theirs
                row("http://example.com/", "http://example.com/"),
                row("HTTP://EXAMPLE.COM/", "http://example.com/"),
                row("hTTpS://eXample.com/Path?Query", "https://example.com/Path?Query"),
                // ports
                row("http://example.com:80/", "http://example.com/"),
                row("https://example.com:443/", "https://example.com/"),
                row("http://example.com:443/", "http://example.com:443/"),
                row("https://example.com:80/", "https://example.com:80/"),
                row("http://example.com:/", "http://example.com/"),
                row("http://example.com:00080/x", "http://example.com/x"),
                row("http://example.com:08080/x", "http://example.com:8080/x"),
                row("http://example.com:1/", "http://example.com:1/"),
                row("http://example.com:65535", "http://example.com:65535/"),
                // empty path, missing slash, query, fragment
                row("http://example.com", "http://example.com/"),
                row("http://example.com?a=b", "http://example.com/?a=b"),
                row("http://example.com#top", "http://example.com/"),
                row("http://example.com:80?", "http://example.com/?"),
                row("http://example.com/?", "http://example.com/?"),
                row("http://example.com/??", "http://example.com/??"),
                row("http://example.com/x#a?b", "http://example.com/x"),
                row("http://example.com/x?y#", "http://example.com/x?y"),
                row("http://example.com/x?a=1&a=2&b", "http://example.com/x?a=1&a=2&b"),
                row("http://example.com/x?b=2&a=1", "http://example.com/x?b=2&a=1"),
                // dot segments
                row("http://example.com/.", "http://example.com/"),
                row("http://example.com/..", "http://example.com/"),
                row("http://example.com/../../x", "http://example.com/x"),
                row("http://example.com/a/b/../c/./d", "http://example.com/a/c/d"),
                row("http://example.com/a/b/..", "http://example.com/a/"),
                row("http://example.com/a/.", "http://example.com/a/"),
                row("http://example.com/a/%2e%2E/b", "http://example.com/b"),
                row("http://example.com/a/.%2e/b", "http://example.com/b"),
                row("http://example.com/a/%2e", "http://example.com/a/"),
                row("http://example.com/a//../b", "http://example.com/a/b"),
                row("http://example.com//a//b/", "http://example.com//a//b/"),
                row("http://example.com/.//x", "http://example.com//x"),
                row("http://example.com/...", "http://example.com/..."),
                row("http://example.com/a..b/.c", "http://example.com/a..b/.c"),
                row("http://example.com/x?/../y", "http://example.com/x?/../y"),
                // percent-encoding
                row("http://example.com/%7Euser", "http://example.com/~user"),
                row("http://example.com/%41%2d%5f", "http://example.com/A-_"),
                row("http://example.com/a%2fb", "http://example.com/a%2Fb"),
                row("http://example.com/a%2Fb?c=%3d", "http://example.com/a%2Fb?c=%3D"),
                row("http://example.com/%252e", "http://example.com/%252e"),
                row("http://example.com/100%", "http://example.com/100%25"),
                row("http://example.com/%zz%4", "http://example.com/%25zz%254"),
                row("http://example.com/%%41", "http://example.com/%25A"),
                row("http://example.com/?q=50%&r=%7e", "http://example.com/?q=50%25&r=~"),
                row("http://example.com/%0d%0aX", "http://example.com/%0D%0AX"),
                row("http://example.com/%00", "http://example.com/%00"),
                row("http://example.com/%ff", "http://example.com/%FF"),
                row("http://example.com/%\uFF14\uFF11", "http://example.com/%25%EF%BC%94%EF%BC%91"),
                // what java.net.URI refuses
                row("http://example.com/a b?c d", "http://example.com/a%20b?c%20d"),
                row("http://example.com/\"<>^`{|}", "http://example.com/%22%3C%3E%5E%60%7B%7C%7D"),
                row("http://example.com/?\"<>^`{|}", "http://example.com/?%22%3C%3E%5E%60%7B%7C%7D"),
                row("http://example.com/[x]?[y]", "http://example.com/%5Bx%5D?[y]"),
                row("http://example.com/a\\b?c\\d", "http://example.com/a/b?c%5Cd"),
                row("http:\\\\example.com\\x", "http://example.com/x"),
                row("http:/\\example.com", "http://example.com/"),
                // slashes too few or too many, where no base takes part
                row("http:example.com", "http://example.com/"),
                row("http:/example.com/x", "http://example.com/x"),
                row("https:///example.com/x", "https://example.com/x"),
                row("http:\\/\\/example.com//x", "http://example.com//x"),
                row("http://example.com/\u00FC?\u20AC", "http://example.com/%C3%BC?%E2%82%AC"),
                row("http://example.com/\uD83D\uDE00", "http://example.com/%F0%9F%98%80"),
                row("http://example.com/\u202Ex", "http://example.com/%E2%80%AEx"),
                row("http://example.com/\uFFFE", "http://example.com/%EF%BF%BE"),
                row("http://example.com/!$&'()*+,;=:@-._~", "http://example.com/!$&'()*+,;=:@-._~"),
                row("http://good.test\\@127.0.0.1", "http://good.test/@127.0.0.1"),
                // white space
                row("  http://example.com/x \r\n", "http://example.com/x"),
                row("\u0000\u001Fhttp://example.com/x\u0001", "http://example.com/x"),
                row("ht\ntp://exa\tmple.com/x\ry", "http://example.com/xy"),
                // names
                row("http://example.com./x", "http://example.com/x"),
                row("http://b\u00FCcher.example/", "http://xn--bcher-kva.example/"),
                row("http://B\u00DCCHER.example/", "http://xn--bcher-kva.example/"),
                row("http://XN--BCHER-KVA.example/", "http://xn--bcher-kva.example/"),
                row("http://xn--strae-oqa.de/", "http://xn--strae-oqa.de/"),
                row("http://XN--FUBALL-CTA.de/", "http://xn--fuball-cta.de/"),
                row("http://\u65E5\u672C\u8A9E.jp/", "http://xn--wgv71a119e.jp/"),
                row("http://\u65E5\u672C\u8A9E\u3002jp/", "http://xn--wgv71a119e.jp/"),
                row("http://\uFF45xample.com/", "http://example.com/"),
                row("http://\u043F\u0440\u0438\u043C\u0435\u0440.\u0440\u0444/", "http://xn--e1afmkfd.xn--p1ai/"),
                row("http://\uD83D\uDE00.ws/", "http://xn--e28h.ws/"),
                row("http://a-b.c--d.example/", "http://a-b.c--d.example/"),
                row("http://localhost:8080/", "http://localhost:8080/"),
                row("http://1and1.example/", "http://1and1.example/"),
                row("http://" + "a".repeat(63) + ".example/", "http://" + "a".repeat(63) + ".example/"),
                // addresses
                row("http://127.0.0.1/", "http://127.0.0.1/"),
                row("http://\uFF11\uFF12\uFF17.0.0.1/", "http://127.0.0.1/"),
                row("http://\u2460\u2461\u2466.\u24EA.\u24EA.\u2460/", "http://127.0.0.1/"),
                row("http://127\u30020\uFF0E0\uFF611/", "http://127.0.0.1/"),
                row("http://[::1]/", "http://[::1]/"),
                row("http://[2001:0DB8:0:0:1:0:0:1]:8080/", "http://[2001:db8::1:0:0:1]:8080/"),
                row("http://[1:0:0:2:0:0:0:3]/", "http://[1:0:0:2::3]/"),
                row("http://[1:2:3:4:5:6:0:8]/", "http://[1:2:3:4:5:6:0:8]/"),
                row("http://[0:0:0:0:0:0:0:0]:443", "http://[::]:443/"),
                row("http://[1::]/", "http://[1::]/"),
                row("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
                row("http://[::1:2:3:4:5:6:7]/", "http://[0:1:2:3:4:5:6:7]/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u0000",
                "example.com/x",
                "/path",
                "//host/x",
                "?q",
                "#f",
                "://x",
                "1http://x/",
                "h\u00F6ttp://x/",
                "localhost:8080/x",
                "localhost:8080",
                "localhost:8080#x",
                "example.com:80/",
                "example.com:foo",
                "user:secret@host/x"
            })
    void names_the_scheme_where_there_is_none(String submitted) {
        assertThat(invalid(submitted).reason()).contains("expected http:// or https://");
    }

    @ParameterizedTest
    @MethodSource
    void says_what_is_wrong(String submitted, String reason) {
        assertThat(invalid(submitted).reason()).contains(reason);
    }

    static Stream<Arguments> says_what_is_wrong() {
        return Stream.of(
                row("http://", "no host"),
                row("http:", "no host"),
                row("https:/", "no host"),
                row("http:///", "no host"),
                row("http:?x", "no host"),
                row("http:////?x", "no host"),
                row("http://:80/", "no host"),
                row("http://?x", "no host"),
                row("http://u:p@/", "no host"),
                row("http://host:0/", "port"),
                row("http://host:65536/", "port"),
                row("http://host:99999/", "port"),
                row("http://host:4294967376/", "port"),
                row("http://host:-1/", "port"),
                row("http://host:+80/", "port"),
                row("http://host:80:90/", "port"),
                row("http://host:8o/", "port"),
                row("http://host:\uFF18\uFF10/", "port"),
                row("http://[::1]x/", "bracket"),
                row("http://[::1", "bracket"),
                row("http://[::1/", "bracket"),
                row("http://::1/", "port"),
                row("http://[]/", "IPv6"),
                row("http://[:]/", "IPv6"),
                row("http://[:::]/", "IPv6"),
                row("http://[1::2::3]/", "IPv6"),
                row("http://[1:2:3:4:5:6:7]/", "IPv6"),
                row("http://[1:2:3:4:5:6:7:8:9]/", "IPv6"),
                row("http://[1:2:3:4:5:6:7::8]/", "IPv6"),
                row("http://[::12345]/", "IPv6"),
                row("http://[::g]/", "IPv6"),
                row("http://[::\uFF11]/", "IPv6"),
                row("http://[::1.2.3]/", "IPv6"),
                row("http://[::01.2.3.4]/", "IPv6"),
                row("http://[1.2.3.4::]/", "IPv6"),
                row("http://[1.2.3.4]/", "IPv6"),
                row("http://[v1.x]/", "IPv6"),
                row("http://%31%32%37.0.0.1/", "percent-encoded"),
                row("http://ex%61mple.com/", "percent-encoded"),
                row("http://\uFF05\uFF14\uFF11/", "percent-encoded"),
                row("http://a_b.example/", "underscore"),
                row("http://a..b/", "empty label"),
                row("http://.a/", "empty label"),
                row("http://./", "empty label"),
                row("http://a../", "empty label"),
                row("http://-a.com/", "hyphen"),
                row("http://a-.com/", "hyphen"),
                row("http://" + "a".repeat(64) + ".com/", "63"),
                row("http://" + "a.".repeat(127) + "aa/", "253"),
                row("http://ho st/", "character"),
                row("http://a!b/", "character"),
                row("http://a\u2100b/", "character"),
                row("http://a,b/", "character"),
                row("http://host.1b/", "does not accept"),
                row("http://stra\u00DFe.de/", "UTS #46"),
                row("http://STRA\u1E9EE.de/", "UTS #46"),
                row("http://\u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2.gr/", "UTS #46"),
                row("http://a\u200Cb.example/", "UTS #46"),
                row("http://a\u200Db.example/", "UTS #46"),
                row("http://xn--a.example/", "xn-- label"),
                row("http://xn--a-.example/", "hyphen"),
                row("http://xn--bcher-kva8.example/", "xn-- label"),
                row("http://xn--/", "hyphen"),
                row("http://\u202Ea.example/", "no internationalised"),
                row("http://a\uFFFDb/", "no internationalised"),
                row("http://example.com/a\u0000b", "U+0000"),
                row("http://example.com/a\u001Bb", "U+001B"),
                row("http://exam\u007Fple.com/", "U+007F"),
                row("http://example.com/\uD83D", "lone surrogate U+D83D"),
                row("http://example.com/\uDE00\uD83D", "lone surrogate U+DE00"));
    }

    @ParameterizedTest
    @MethodSource
    void refuses_by_policy(String submitted, Rule rule, String key) {
        assertThat(FetchUrl.read(submitted)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().rule()).isEqualTo(rule);
            assertThat(refused.key()).isEqualTo(key).isASCII();
        });
    }

    static Stream<Arguments> refuses_by_policy() {
        return Stream.of(
                row("ftp://Example.com/x#y", Rule.SCHEME, "ftp://Example.com/x"),
                row("FTP://u:secret@h/x", Rule.SCHEME, "ftp://***@h/x"),
                row("ftp://u:se#cret@h/x", Rule.SCHEME, "ftp://***@h/x"),
                row("mailto:x", Rule.SCHEME, "mailto:x"),
                row("mailto:a@example.com", Rule.SCHEME, "mailto:a@example.com"),
                row("javascript:alert('a b@c')", Rule.SCHEME, "javascript:alert('a%20b@c')"),
                row("file:///proc/self/environ", Rule.SCHEME, "file:///proc/self/environ"),
                row("data:text/html,<b>", Rule.SCHEME, "data:text/html,%3Cb%3E"),
                row("gopher://h:70/_x", Rule.SCHEME, "gopher://h:70/_x"),
                row("jar:http://h/x!/y", Rule.SCHEME, "jar:http://h/x!/y"),
                row("jar:http://u:p@h/x!/y", Rule.SCHEME, "jar:http://***@h/x!/y"),
                row("view-source:http://h/", Rule.SCHEME, "view-source:http://h/"),
                row("httpx://h/", Rule.SCHEME, "httpx://h/"),
                row("ws://h/", Rule.SCHEME, "ws://h/"),
                row("tel:+49-1", Rule.SCHEME, "tel:+49-1"),
                row("http://user:p%40ss@h/", Rule.USERINFO, "http://***@h/"),
                row("https://user@H:443/a/../b?c#d", Rule.USERINFO, "https://***@h/b?c"),
                row("http://a@b@c/", Rule.USERINFO, "http://***@c/"),
                row("http://@h/", Rule.USERINFO, "http://***@h/"),
                row("http://:@h/", Rule.USERINFO, "http://***@h/"),
                row("http://user:[::1]@h/", Rule.USERINFO, "http://***@h/"),
                row("http://good.test@127.0.0.1:81/", Rule.USERINFO, "http://***@127.0.0.1:81/"),
                row("http://u@127.1/", Rule.USERINFO, "http://***@127.1/"),
                row("http://2130706433/", Rule.HOST_SPELLING, "http://2130706433/"),
                row("http://0/", Rule.HOST_SPELLING, "http://0/"),
                row("http:8080/", Rule.HOST_SPELLING, "http://8080/"),
                row("http:/user:hunter2@h/", Rule.USERINFO, "http://***@h/"),
                row("http://00000000000/", Rule.HOST_SPELLING, "http://00000000000/"),
                row("http://127.1/", Rule.HOST_SPELLING, "http://127.1/"),
                row("http://127.0.1/", Rule.HOST_SPELLING, "http://127.0.1/"),
                row("http://0177.0.0.1/", Rule.HOST_SPELLING, "http://0177.0.0.1/"),
                row("http://127.000.000.001/", Rule.HOST_SPELLING, "http://127.000.000.001/"),
                row("http://017700000001/", Rule.HOST_SPELLING, "http://017700000001/"),
                row("http://0X7F000001/", Rule.HOST_SPELLING, "http://0x7f000001/"),
                row("http://0x7f.1/", Rule.HOST_SPELLING, "http://0x7f.1/"),
                row("http://127.0.0.0x1/", Rule.HOST_SPELLING, "http://127.0.0.0x1/"),
                row("http://0x/", Rule.HOST_SPELLING, "http://0x/"),
                row("http://256.1.1.1/", Rule.HOST_SPELLING, "http://256.1.1.1/"),
                row("http://1.2.3.4.5/", Rule.HOST_SPELLING, "http://1.2.3.4.5/"),
                row("http://127.0.0.1./", Rule.HOST_SPELLING, "http://127.0.0.1./"),
                row("http://1..2/", Rule.HOST_SPELLING, "http://1..2/"),
                row("http://example.7/", Rule.HOST_SPELLING, "http://example.7/"),
                row("http://example.0xg.0xf/", Rule.HOST_SPELLING, "http://example.0xg.0xf/"),
                row("http://\uFF10\uFF38\uFF17f.1:81/x", Rule.HOST_SPELLING, "http://0x7f.1:81/x"),
                row("http://[fe80::1%25eth0]/", Rule.HOST_SPELLING, "http://[fe80::1%25eth0]/"),
                row("http://[fe80::1%eth0]/", Rule.HOST_SPELLING, "http://[fe80::1%25eth0]/"),
                row("http://[::%31]/", Rule.HOST_SPELLING, "http://[::%2531]/"),
                row("http://[::1%25%41:]/", Rule.HOST_SPELLING, "http://[::1%25%2541%3A]/"),
                row("http://[::1%]/x", Rule.HOST_SPELLING, "http://[::1%25]/x"));
    }

    @Test
    void counts_the_submitted_text_in_utf8_bytes() {
        var head = "http://h/";
        assertThat(FetchUrl.read(head + "a".repeat(8_183))).isInstanceOf(FetchUrl.class);
        assertThat(invalid(head + "a".repeat(8_184)).reason()).contains("8,192 bytes");
        assertThat(invalid(head + "\u00FC".repeat(4_092)).reason()).contains("8,192 bytes.");
        assertThat(invalid("ftp" + "a".repeat(9_000) + "://h/").reason()).contains("8,192 bytes");
    }

    @Test
    void a_mask_that_takes_in_an_unknown_scheme_leaves_the_key_whole() {
        assertThat(FetchUrl.read("longschemename:hunter2%40host"))
                .isInstanceOfSatisfying(
                        UrlReading.Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("longschemename:***%40host"));
        assertThat(FetchUrl.read("ab:hunter2%40host"))
                .isInstanceOfSatisfying(
                        UrlReading.Refused.class,
                        refused -> assertThat(refused.key()).isEqualTo("ab:***%40host"));
    }

    @Test
    void counts_the_canonical_form_too() {
        assertThat(invalid("http://h/" + "\u00FC".repeat(2_000)).reason()).contains("canonical");
        assertThat(invalid("data:" + " x".repeat(4_000)).reason()).contains("canonical");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:hunter2@ho st/",
                "http://user:hunter2@h:99999/",
                "http://user:hunter2/x",
                "http://user:hunter2#x@h/",
                "http://user:hunter2\\x@h/",
                "http:user:hunter2@h/",
                "user:hunter2@h/",
                "//user:hunter2@h/",
                "ftp://user:hunter2@h/",
                "ftp://user:hunter2/@h/",
                "http://user:hunter2@h/",
                "http://user:hunter2@127.1/",
                "http://user:hunter2@[fe80::1%1]/",
                "http://x:y@user:hunter2@h/",
                "ht\ttp:/\n/user:hunter2@h/"
            })
    void never_tells_a_secret(String submitted) {
        assertThat(FetchUrl.read(submitted)).isNotInstanceOf(FetchUrl.class);
        assertThat(FetchUrl.read(submitted).toString()).doesNotContain("hunter2");
    }

    @Test
    void knows_its_literal_and_its_origin() {
        assertThat(fetchable("http://[::ffff:10.0.0.1]/").literal()).contains(Addresses.of(new byte[] {10, 0, 0, 1}));
        assertThat(fetchable("http://10.0.0.1/").literal()).contains(Addresses.of(new byte[] {10, 0, 0, 1}));
        assertThat(fetchable("http://example.com/").literal()).isEmpty();
        assertThat(fetchable("http://h/a").sameOrigin(fetchable("HTTP://H:80/b")))
                .isTrue();
        assertThat(fetchable("http://h/").sameOrigin(fetchable("https://h/"))).isFalse();
        assertThat(fetchable("http://h/").sameOrigin(fetchable("http://h:443/")))
                .isFalse();
    }

    private static Arguments row(Object... cells) {
        return Arguments.of(cells);
    }

    private static FetchUrl fetchable(String submitted) {
        assertThat(FetchUrl.read(submitted)).isInstanceOf(FetchUrl.class);
        return (FetchUrl) FetchUrl.read(submitted);
    }

    private static Invalid invalid(String submitted) {
        assertThat(FetchUrl.read(submitted)).isInstanceOf(Invalid.class);
        return (Invalid) FetchUrl.read(submitted);
    }
}
