package dev.fetchline.local.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class WhereTest {
    private static final FetchRecord BUSY = new FetchRecord(Map.ofEntries(
            Map.entry("batchId", AttributeValue.fromS("b")),
            Map.entry("url", AttributeValue.fromS("HEAD https://shop.example.com:8443/a(1)?q=x=y")),
            Map.entry("status", AttributeValue.fromS("FAILED")),
            Map.entry("httpStatus", AttributeValue.fromN("503")),
            Map.entry("durationMs", AttributeValue.fromN("1200")),
            Map.entry("fetchedAt", AttributeValue.fromS("2026-01-31T12:30:00.123Z")),
            Map.entry("tag", AttributeValue.fromS("He said \"no\"")),
            Map.entry("contentType", AttributeValue.fromS("text/html; charset=utf-8")),
            Map.entry(
                    "error",
                    AttributeValue.fromM(Map.of(
                            "kind", AttributeValue.fromS("BODY_TIMEOUT"),
                            "detail", AttributeValue.fromS("the body stalled after 10 bytes")))),
            Map.entry("request", AttributeValue.fromM(Map.of("method", AttributeValue.fromS("HEAD")))),
            Map.entry(
                    "headers",
                    AttributeValue.fromM(Map.of(
                            "server", AttributeValue.fromS("nginx"),
                            "via",
                                    AttributeValue.fromL(
                                            List.of(AttributeValue.fromS("a"), AttributeValue.fromS("b")))))),
            Map.entry(
                    "earlier",
                    AttributeValue.fromM(Map.of(
                            "status", AttributeValue.fromS("HTTP_ERROR"),
                            "times", AttributeValue.fromN("2"),
                            "error", AttributeValue.fromM(Map.of("kind", AttributeValue.fromS("RESET"))))))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=FAILED",
                "status=failed and host=shop.example.com and httpStatus>=500",
                "  STATUS!=x or status = FAILED  ",
                "",
                "   ",
                "status != OK",
                "host=SHOP.example.COM",
                "host~example",
                "host^=shop.",
                "url=\"HEAD https://shop.example.com:8443/a(1)?q=x=y\"",
                "url~a(1)?q=x=y",
                "url^='HEAD https://shop'",
                "httpStatus=503",
                "httpStatus=0503",
                "httpStatus>502 and httpStatus<504 and httpStatus<=503",
                "durationMs>999",
                "fetchedAt>=2026-01-31",
                "fetchedAt<2026-02-01T00:00:00Z",
                "fetchedAt=2026-01-31T12:30:00.123Z",
                "tag=\"He said \\\"no\\\"\"",
                "tag='He said \"no\"'",
                "tag~\"SAID \"",
                "error.kind=body_timeout",
                "error.detail~stalled",
                "request.method=head",
                "headers.Server=nginx",
                "headers.via='a, b'",
                "earlier.status=http_error and earlier.times>=2 and earlier.error.kind=RESET",
                "exists(error.kind)",
                "not exists(charset)",
                "EXISTS ( tag ) AND NOT exists(messageId)",
                "charset!=utf-8",
                "bodyBytes!=5",
                "not charset=utf-8",
                "not (status=OK or status=REFUSED)",
                "status=OK or status=FAILED and httpStatus=503",
                "not not status=FAILED",
                "((status=FAILED))",
                "status=FAILED and (host=other.example or durationMs>1000)",
                "tag>A and tag<I"
            })
    void these_hold(String expression) {
        Where where = Where.parse(expression.replace("STATUS!=x", "tag!=x"));

        assertThat(where.matches(BUSY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=OK",
                "host=example.com",
                "url^=https://shop",
                "url=https://shop.example.com:8443/a(1)?q=x=y",
                "httpStatus<503",
                "tag=\"he said \\\"no\\\"\"",
                "not status=FAILED",
                "charset=utf-8",
                "charset~u",
                "charset<z",
                "bodyBytes<5",
                "bodyBytes>=0",
                "exists(charset)",
                "exists(headers.age)",
                "(status=OK or status=FAILED) and httpStatus=200",
                "status=FAILED and httpStatus=200 or status=OK",
                "earlier.times>2",
                "tag!='He said \"no\"'"
            })
    void these_do_not(String expression) {
        assertThat(Where.parse(expression).matches(BUSY)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status                    | 7  | found the end, expected = != < <= > >= ~ or ^=.
            status=                   | 8  | found the end, expected a value after =.
            status==OK                | 7  | found "==", expected = != < <= > >= ~ or ^=.
            status=BROKEN             | 8  | found "BROKEN", expected one of OK, HTTP_ERROR, FAILED, REFUSED, INVALID, RETRYING.
            status<OK                 | 7  | found "<", expected = or != after status.
            status~OK                 | 7  | found "~", expected = or != after status.
            httpStatus~5              | 11 | found "~", expected = != < <= > or >= after httpStatus.
            httpStatus>=5xx           | 13 | found "5xx", expected a whole number, for httpStatus is one.
            fetchedAt>yesterday       | 11 | found "yesterday", expected a time such as 2026-01-31T12:30:00Z, or a day such as 2026-01-31, for fetchedAt.
            fetchedAt>2026-02-30      | 11 | found "2026-02-30", expected a time such as 2026-01-31T12:30:00Z, or a day such as 2026-01-31, for fetchedAt.
            =OK                       | 1  | found "=", expected the name of an attribute, such as status.
            'status'=OK               | 1  | found "status", expected the name of an attribute, such as status.
            status=OK host=a          | 11 | found "host", expected and, or, or the end (a value with spaces stands in quotes).
            status=OK and             | 14 | found the end, expected the name of an attribute, such as status.
            (status=OK                | 11 | found the end, expected ), and or or.
            status=OK)                | 10 | found ")", expected and, or, or the end (a value with spaces stands in quotes).
            ()                        | 2  | found ")", expected the name of an attribute, such as status.
            tag="x                    | 5  | found a quoted text that has no end, expected a second ".
            exists(status             | 14 | found the end, expected ).
            tag=(x)                   | 5  | found "(", expected a value after =.
            host=a.example:8080       | 6  | found "a.example:8080", expected a host alone, such as example.com (a port is asked for by url~:8080).
            host!=[::1]:80            | 7  | found "[::1]:80", expected a host alone, such as example.com (a port is asked for by url~:8080).
            host=http://a/            | 6  | found "http://a/", expected a host alone, such as example.com (a port is asked for by url~:8080).
            not                       | 4  | found the end, expected the name of an attribute, such as status.
            """)
    void a_fault_is_named_with_its_place(String expression, int at, String sentence) {
        assertThatThrownBy(() -> Where.parse(expression))
                .isInstanceOf(WhereException.class)
                .hasMessage("at character %d of '%s': %s", at, expression, sentence);
    }

    @Test
    void a_name_that_is_none_is_answered_with_all_names() {
        assertThatThrownBy(() -> Where.parse("status=OK and hots=x"))
                .hasMessage("at character 15 of 'status=OK and hots=x': found \"hots\", expected one of batchId, url,"
                        + " host, fullUrl, status, httpStatus, submitted, request.method, finalUrl, redirects,"
                        + " contentType, charset, bodyBytes, bodySha256, bodyEncoding, bodyStored, truncated,"
                        + " fetchedAt, durationMs, attempts, error.kind, error.detail, retryAfter.header,"
                        + " retryAfter.waitMs, retryAfter.reading, requestedAt, hop, nextAttemptAt, messageId, tag,"
                        + " expiresAt, earlier.status, earlier.httpStatus, earlier.error.kind, earlier.error.detail,"
                        + " earlier.attempts, earlier.fetchedAt, earlier.times or headers.NAME.");
    }

    @Test
    void what_nests_too_deeply_is_refused() {
        String deep = "(".repeat(100_000) + "status=OK";
        assertThatThrownBy(() -> Where.parse(deep))
                .hasMessageEndingWith("expected at most 100 terms within each other.");
        String wide = String.join(
                " and ",
                IntStream.range(0, 10_000).mapToObj(i -> "(tag!=" + i + ")").toList());
        assertThat(Where.parse(wide).matches(BUSY)).isTrue();
    }

    @Test
    void what_another_program_wrote_into_the_table_compares_in_no_way() {
        FetchRecord odd = new FetchRecord(
                Map.of("httpStatus", AttributeValue.fromS("many"), "fetchedAt", AttributeValue.fromS("today")));
        assertThat(Where.parse("httpStatus=200 or httpStatus<200 or httpStatus>200 or fetchedAt>2020-01-01")
                        .matches(odd))
                .isFalse();
        assertThat(Where.parse("httpStatus!=200 and fetchedAt!=2020-01-01").matches(odd))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            url=https://a.example/x                            | https://a.example/x | -                       | a.example
            url^=https://a.example/                            | -                   | https://a.example/      | a.example
            url^=https://a.example                             | -                   | https://a.example       | -
            url^=https:// and url^=https://b/ and status=OK    | -                   | https://b/              | b
            (status=OK and (host=B.example and tag=x))         | -                   | -                       | b.example
            host=b or url=https://a/                           | -                   | -                       | -
            not url=https://a/                                 | -                   | -                       | -
            url!=https://a/                                    | -                   | -                       | -
            host=BÜCHER.example                                | -                   | -                       | xn--bcher-kva.example
            host=2001:DB8::0:1                                 | -                   | -                       | [2001:db8::1]
            host=a.example.                                    | -                   | -                       | a.example
            url=''                                             | -                   | -                       | -
            status=OK                                          | -                   | -                       | -
            """)
    void what_a_query_can_be_told_is_found(String expression, String key, String prefix, String host) {
        Where where = Where.parse(expression);

        assertThat(where.urlKey().orElse(null)).isEqualTo(key);
        assertThat(where.urlPrefix().orElse(null)).isEqualTo(prefix);
        assertThat(where.host().orElse(null)).isEqualTo(host);
    }

    @Test
    void what_is_longer_than_any_key_is_no_question_to_the_table() {
        String key = "https://a/" + "ü".repeat(510);

        assertThat(Where.parse("url='" + key + "'").urlKey()).isEmpty();
        assertThat(Where.parse("url^='" + key + "'").urlPrefix()).isEmpty();
        assertThat(Where.parse("url^='" + key.substring(1) + "' and url^=h").urlPrefix())
                .hasValue("h");
    }

    @Test
    void the_attributes_that_are_looked_at_are_those_of_the_table() {
        assertThat(Where.parse("host=a or not (error.kind=X and headers.age=1) and exists(earlier.times)")
                        .attributes())
                .containsExactlyInAnyOrder("url", "error", "headers", "earlier");
        assertThat(Where.ALL.attributes()).isEmpty();
        assertThat(Where.parse("  ")).isSameAs(Where.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://example.com/a, example.com",
                "https://example.com, example.com",
                "http://example.com:8080?x=http://other/, example.com",
                "HEAD https://example.com/, example.com",
                "http://[2001:db8::1]:8080/x, [2001:db8::1]",
                "http://[2001:db8::1]/a:b], [2001:db8::1]",
                "http://user:secret@example.com/@x, example.com",
                "ftp://files.example/, files.example",
                "invalid:sha256=00ff, -",
                "mailto:a@b.example?x=http://c/, -",
                "https:///, -",
                "'', -"
            })
    void the_host_of_a_key_is_found(String key, String host) {
        assertThat(UrlHost.of(key)).isEqualTo(host);
    }
}
