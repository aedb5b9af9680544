package dev.fetchline.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.Refusal.Rule;
import dev.fetchline.guard.UrlReading.Invalid;
import dev.fetchline.guard.UrlReading.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchUrlResolveTest {
    private static final FetchUrl BASE = (FetchUrl) FetchUrl.read("http://a/b/c/d;p?q");

    /// RFC 3986 section 5.4.1, apart from `g:h` and the empty reference, which are no redirects to follow.
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", commentCharacter = '!', textBlock = """
            g -> http://a/b/c/g
            ./g -> http://a/b/c/g
            g/ -> http://a/b/c/g/
            /g -> http://a/g
            //g -> http://g/
            ?y -> http://a/b/c/d;p?y
            g?y -> http://a/b/c/g?y
            #s -> http://a/b/c/d;p?q
            g#s -> http://a/b/c/g
            g?y#s -> http://a/b/c/g?y
            ;x -> http://a/b/c/;x
            g;x -> http://a/b/c/g;x
            g;x?y#s -> http://a/b/c/g;x?y
            . -> http://a/b/c/
            ./ -> http://a/b/c/
            .. -> http://a/b/
            ../ -> http://a/b/
            ../g -> http://a/b/g
            ../.. -> http://a/
            ../../ -> http://a/
            ../../g -> http://a/g
            """)
    void rfc_3986_normal_examples(String reference, String expected) {
        assertThat(text(BASE.resolve(reference))).isEqualTo(expected);
    }

    /// RFC 3986 section 5.4.2, apart from `http:g`, which is ambiguous.
    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", commentCharacter = '!', textBlock = """
            ../../../g -> http://a/g
            ../../../../g -> http://a/g
            /./g -> http://a/g
            /../g -> http://a/g
            g. -> http://a/b/c/g.
            .g -> http://a/b/c/.g
            g.. -> http://a/b/c/g..
            ..g -> http://a/b/c/..g
            ./../g -> http://a/b/g
            ./g/. -> http://a/b/c/g/
            g/./h -> http://a/b/c/g/h
            g/../h -> http://a/b/c/h
            g;x=1/./y -> http://a/b/c/g;x=1/y
            g;x=1/../y -> http://a/b/c/y
            g?y/./x -> http://a/b/c/g?y/./x
            g?y/../x -> http://a/b/c/g?y/../x
            g#s/./x -> http://a/b/c/g
            g#s/../x -> http://a/b/c/g
            """)
    void rfc_3986_abnormal_examples(String reference, String expected) {
        assertThat(text(BASE.resolve(reference))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", quoteCharacter = '~', textBlock = """
            HTTPS://X.test:443/y -> https://x.test/y
            /a b -> http://a/a%20b
            \\\\x.test\\y -> http://x.test/y
            /\\x.test/y -> http://x.test/y
            \\y -> http://a/y
            ?a b|c -> http://a/b/c/d;p?a%20b%7Cc
            ? -> http://a/b/c/d;p?
            %2e%2e/g -> http://a/b/g
            /x?u=http://b/ -> http://a/x?u=http://b/
            x/y:z -> http://a/b/c/x/y:z
            //x.test:8080 -> http://x.test:8080/
            //[::1]/ -> http://[::1]/
            """)
    void repairs_as_read_does(String reference, String expected) {
        assertThat(text(BASE.resolve(reference))).isEqualTo(expected);
    }

    @Test
    void keeps_scheme_and_port_of_the_base() {
        var base = (FetchUrl) FetchUrl.read("https://h:8443/x/y?z");
        assertThat(text(base.resolve("g"))).isEqualTo("https://h:8443/x/g");
        assertThat(text(base.resolve("//g"))).isEqualTo("https://g/");
        assertThat(text(base.resolve("#f"))).isEqualTo("https://h:8443/x/y?z");
        assertThat(text(((FetchUrl) FetchUrl.read("http://h")).resolve("g"))).isEqualTo("http://h/g");
    }

    @Test
    void takes_the_header_s_bytes_for_utf8_where_they_are() {
        var utf8 = new String("/ü/日本".getBytes(UTF_8), ISO_8859_1);
        assertThat(text(BASE.resolve(utf8))).isEqualTo("http://a/%C3%BC/%E6%97%A5%E6%9C%AC");
        assertThat(text(BASE.resolve("/\u00FC"))).isEqualTo("http://a/%C3%BC");
        assertThat(text(BASE.resolve("/\u65E5"))).isEqualTo("http://a/%E6%97%A5");
        var host = new String("//bücher.example/".getBytes(UTF_8), ISO_8859_1);
        assertThat(text(BASE.resolve(host))).isEqualTo("http://xn--bcher-kva.example/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "http:g", "http:", "///x", "//", "//h:0/", "//a_b/", "a\u0000b", "h:80/x"})
    void says_when_it_leads_nowhere(String reference) {
        assertThat(BASE.resolve(reference)).isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "g:h, SCHEME, g:h",
        "file:///etc/passwd, SCHEME, file:///etc/passwd",
        "//u:p@h/x, USERINFO, http://***@h/x",
        "https://127.1/, HOST_SPELLING, https://127.1/",
        "//0x7f000001, HOST_SPELLING, http://0x7f000001/"
    })
    void refuses_by_policy(String reference, Rule rule, String key) {
        assertThat(BASE.resolve(reference)).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().rule()).isEqualTo(rule);
            assertThat(refused.key()).isEqualTo(key);
        });
    }

    private static String text(UrlReading reading) {
        assertThat(reading).isInstanceOf(FetchUrl.class);
        return ((FetchUrl) reading).text();
    }
}
