package dev.fetchline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.http.Bodies;
import dev.fetchline.http.FailureKind;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.FetchedBody.Truncation;
import dev.fetchline.http.Outcome;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.RequestMethod;
import dev.fetchline.retry.RetryAfter;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What came of an item, as attributes of its row.
final class RecordMapperTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final Origin ORIGIN = new Origin("message-1", 1_700_000_000_000L);
    private static final FetchUrl URL = url("http://example.com/a");
    private static final RecordMapper.Attempt ATTEMPT =
            new RecordMapper.Attempt(NOW, Duration.ofMillis(1_234), 2, null);

    private final RecordMapper mapper = new RecordMapper(BodyStorage.TEXT, 16_384, Duration.ofDays(30));

    private static FetchUrl url(String text) {
        return (FetchUrl) FetchUrl.read(text);
    }

    private static RecordMapper.Asked asked(RecordKey key) {
        return new RecordMapper.Asked(key, ORIGIN, 0);
    }

    private static HttpHeaders headers(String... namesAndValues) {
        Map<String, List<String>> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.computeIfAbsent(namesAndValues[i], _ -> new ArrayList<>()).add(namesAndValues[i + 1]);
        }
        return HttpHeaders.of(map, (_, _) -> true);
    }

    private Map<String, AttributeValue> map(FetchItem item, Outcome outcome) {
        RecordKey key = RecordKey.of("b", item.method(), URL);
        return mapper.ofOutcome(asked(key), item, URL, outcome, ATTEMPT).item();
    }

    private static Outcome answered(int status, FetchedBody body, String... headers) {
        return new Outcome.Answered(status, URL, 0, headers(headers), body);
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    @Test
    void an_answer() {
        FetchItem item = new FetchItem(
                "HTTP://me:pw@EXAMPLE.com/a#f", RequestMethod.GET, Map.of("X-Key", "secret"), 5_000, 100, true, "mine");
        Map<String, AttributeValue> row = map(
                item,
                new Outcome.Answered(
                        200,
                        url("http://example.com/z"),
                        2,
                        headers("Content-Type", "text/plain; charset=latin1", "Set-Cookie", "a", "Set-Cookie", "b"),
                        Bodies.of("é", StandardCharsets.ISO_8859_1)));
        assertThat(row)
                .containsEntry("batchId", s("b"))
                .containsEntry("url", s("http://example.com/a"))
                .containsEntry("status", s("OK"))
                .containsEntry("httpStatus", n(200))
                .containsEntry("finalUrl", s("http://example.com/z"))
                .containsEntry("redirects", n(2))
                .containsEntry("contentType", s("text/plain; charset=latin1"))
                .containsEntry("charset", s("windows-1252"))
                .containsEntry("body", s("é"))
                .containsEntry("bodyBytes", n(1))
                .containsEntry("requestedAt", n(1_700_000_000_000L))
                .containsEntry("hop", n(0))
                .containsEntry("messageId", s("message-1"))
                .containsEntry("tag", s("mine"))
                .containsEntry("fetchedAt", s("2026-01-01T00:00:00.500Z"))
                .containsEntry("durationMs", n(1_234))
                .containsEntry("attempts", n(2))
                .containsEntry("expiresAt", n(NOW.plus(Duration.ofDays(30)).getEpochSecond()))
                .doesNotContainKeys("truncated", "bodyStored", "bodyEncoding", "fullUrl", "error", "headersOmitted");
        assertThat(row.get("bodySha256").s()).hasSize(64);
        assertThat(row.get("headers").m())
                .containsEntry("content-type", s("text/plain; charset=latin1"))
                .containsEntry("set-cookie", AttributeValue.fromL(List.of(s("a"), s("b"))));
        assertThat(row.get("request").m())
                .containsEntry("method", s("GET"))
                .containsEntry("timeoutMs", n(5_000))
                .containsEntry("maxBodyBytes", n(100))
                .containsEntry("followRedirects", AttributeValue.fromBool(true))
                .containsEntry("headerNames", AttributeValue.fromL(List.of(s("X-Key"))));
        assertThat(row.toString()).doesNotContain("secret").doesNotContain("pw@");
    }

    @ParameterizedTest
    @CsvSource({
        "200, , OK",
        "299, , OK",
        "304, , OK",
        "300, , HTTP_ERROR",
        "302, , HTTP_ERROR",
        "404, , HTTP_ERROR",
        "503, , HTTP_ERROR",
        "999, , HTTP_ERROR",
        "302, false, OK",
        "399, false, OK",
        "404, false, HTTP_ERROR"
    })
    void the_status_says_what_an_answer_is_worth(int httpStatus, Boolean follow, String status) {
        FetchItem item = new FetchItem(URL.text(), RequestMethod.GET, Map.of(), null, null, follow, null);
        assertThat(map(item, answered(httpStatus, FetchedBody.NONE))).containsEntry("status", s(status));
    }

    @Test
    void a_body_cut_short_or_not_stored_says_so() {
        FetchItem item = FetchItem.get(URL.text());
        byte[] bytes = {'a', 0, 'b'};
        assertThat(map(item, answered(200, Bodies.truncated(bytes, Truncation.LENGTH))))
                .containsEntry("truncated", s("LENGTH"))
                .containsEntry("bodyStored", s("NOT_TEXT"))
                .containsEntry("bodyBytes", n(3))
                .doesNotContainKeys("body", "charset");
        assertThat(map(item, answered(204, FetchedBody.NONE)))
                .containsEntry("bodyBytes", n(0))
                .doesNotContainKeys("body", "bodyStored");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 502})
    void a_failure(int httpStatus) {
        Outcome failed = new Outcome.Failed(
                FailureKind.REDIRECT_LOOP, "x".repeat(5_000), URL, 3, httpStatus == 0 ? null : httpStatus);
        Map<String, AttributeValue> row = map(FetchItem.get(URL.text()), failed);
        assertThat(row)
                .containsEntry("status", s("FAILED"))
                .containsEntry("redirects", n(3))
                .doesNotContainKey("bodyBytes");
        assertThat(row.get("error").m())
                .containsEntry("kind", s("REDIRECT_LOOP"))
                .containsEntry("detail", s("x".repeat(1_024)));
        assertThat(row.containsKey("httpStatus")).isEqualTo(httpStatus != 0);
    }

    @Test
    void a_redirect_that_was_refused() {
        Refusal refusal = new Refusal(Refusal.Rule.ADDRESS, "no");
        Map<String, AttributeValue> row =
                map(FetchItem.get(URL.text()), new Outcome.Refused(refusal, "http://10.0.0.1/", 1));
        assertThat(row)
                .containsEntry("status", s("REFUSED"))
                .containsEntry("finalUrl", s("http://10.0.0.1/"))
                .containsEntry("error", AttributeValue.fromM(Map.of("kind", s("ADDRESS"), "detail", s("no"))));
    }

    @Test
    void what_came_of_an_item_before_stands_in_every_record_of_it() {
        Earlier earlier =
                new Earlier("FAILED", 503, new Earlier.Failure("K", "d"), 4, Instant.parse("2025-12-31T00:00:00Z"), 2);
        AttributeValue expected = AttributeValue.fromM(Map.of(
                "status", s("FAILED"),
                "httpStatus", n(503),
                "error", AttributeValue.fromM(Map.of("kind", s("K"), "detail", s("d"))),
                "attempts", n(4),
                "fetchedAt", s("2025-12-31T00:00:00Z"),
                "times", n(2)));
        FetchItem item = FetchItem.get("http://example.com/a").withEarlier(earlier);
        RecordMapper.Asked asked = asked(RecordKey.of("b", item.method(), URL));
        Refusal refusal = ((UrlReading.Refused) FetchUrl.read("ftp://example.com/")).refusal();
        UrlReading.Invalid noUrl = (UrlReading.Invalid) FetchUrl.read("no url");
        Progress tried = new Progress(1, 2, 0, 0, 0, new Progress.LastTry(503, null, null));
        FetchedBody large = Bodies.of("x".repeat(400_000), StandardCharsets.UTF_8);
        RecordMapper all = new RecordMapper(BodyStorage.ALL, 400_000, Duration.ofDays(30));
        assertThat(List.of(
                        mapper.ofOutcome(
                                asked, item, URL, answered(200, Bodies.of("", StandardCharsets.UTF_8)), ATTEMPT),
                        all.ofOutcome(asked, item, URL, answered(200, large), ATTEMPT),
                        mapper.ofOutcome(asked, item, URL, new Outcome.Refused(refusal, "http://x/", 1), ATTEMPT),
                        mapper.ofRefused(asked, item, "ftp://example.com/", refusal, NOW),
                        mapper.ofInvalid(asked, item, noUrl, NOW),
                        mapper.ofInvalid(asked, new InvalidItem("0".repeat(64), "t", "r").withEarlier(earlier), NOW),
                        mapper.ofRetrying(asked, item, URL, tried, null, NOW, NOW),
                        mapper.ofExpired(asked, item, URL, tried, Duration.ofDays(1), NOW)))
                .allSatisfy(record -> assertThat(record.item()).containsEntry("earlier", expected));
    }

    @Test
    void of_an_earlier_submission_only_what_is_known_is_told() {
        Earlier earlier = new Earlier("REFUSED", null, null, 0, null, 1);
        FetchItem item = FetchItem.get("http://example.com/a").withEarlier(earlier);
        assertThat(map(item, answered(200, Bodies.of("", StandardCharsets.UTF_8))))
                .containsEntry(
                        "earlier",
                        AttributeValue.fromM(Map.of("status", s("REFUSED"), "attempts", n(0), "times", n(1))));
        assertThat(map(FetchItem.get("http://example.com/a"), answered(200, Bodies.of("", StandardCharsets.UTF_8))))
                .doesNotContainKey("earlier");
    }

    @Test
    void what_was_cut_is_no_record() {
        assertThatIllegalArgumentException().isThrownBy(() -> map(FetchItem.get(URL.text()), new Outcome.Cut()));
    }

    @Test
    void what_is_no_item_or_no_url() {
        RecordKey key = RecordKey.ofInvalid("b", "42");
        assertThat(mapper.ofInvalid(asked(key), InvalidItem.of("42", "why"), NOW)
                        .item())
                .containsEntry("status", s("INVALID"))
                .containsEntry("submitted", s("42"))
                .containsEntry("error", AttributeValue.fromM(Map.of("kind", s("ITEM"), "detail", s("why"))))
                .doesNotContainKeys("fetchedAt", "attempts", "request");
        assertThat(mapper.ofInvalid(asked(key), FetchItem.get("x y"), new UrlReading.Invalid("why"), NOW)
                        .item())
                .containsEntry("status", s("INVALID"))
                .containsEntry("error", AttributeValue.fromM(Map.of("kind", s("URL"), "detail", s("why"))))
                .containsKey("request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":5,\"headers\":{\"a\":\"hush-hush\"}}",
                "{\"url\":5,\"HEADERS\":{\"a\":\"hush-hush\"}}",
                "{\"url\":5,\"he\\u0061ders\":{\"a\":\"hush-hush\"}}"
            })
    void an_entry_that_may_hold_header_values_is_not_shown(String rawText) {
        ResultRecord record =
                mapper.ofInvalid(asked(RecordKey.ofInvalid("b", "0".repeat(64))), InvalidItem.of(rawText, "why"), NOW);
        assertThat(record.item().toString()).doesNotContain("hush-hush");
    }

    @Test
    void a_url_longer_than_its_key_stands_whole_beside_it() {
        String address = "http://example.com/" + "x".repeat(2_000);
        FetchItem item = FetchItem.get(address);
        RecordKey key = RecordKey.of("b", item.method(), url(address));
        assertThat(mapper.ofRefused(asked(key), item, address, new Refusal(Refusal.Rule.PORT, "no"), NOW)
                        .item())
                .containsEntry("fullUrl", s(address))
                .containsEntry("url", s(key.url()))
                .containsEntry("submitted", s(address));
    }

    @Test
    void a_flood_of_headers_is_capped_and_counted() {
        String[] many = new String[200];
        for (int i = 0; i < 200; i += 2) {
            many[i] = "x-" + i;
            many[i + 1] = "é".repeat(2_000);
        }
        Map<String, AttributeValue> row = map(FetchItem.get(URL.text()), answered(200, FetchedBody.NONE, many));
        assertThat(row.get("headers").m()).hasSize(3);
        assertThat(row).containsEntry("headersOmitted", n(97));
        assertThat(row.get("headers").m().values())
                .allSatisfy(value -> assertThat(value.s()).hasSize(1_024));
    }

    @Test
    void what_is_tried_again_says_when_and_what_came_of_it() {
        FetchItem item = FetchItem.get(URL.text());
        RecordKey key = RecordKey.of("b", item.method(), URL);
        long due = NOW.plusSeconds(300).toEpochMilli();
        Progress progress = new Progress(3, 2, 1, 5, due, new Progress.LastTry(503, null, null));
        RetryAfter told = new RetryAfter("300", Duration.ofSeconds(300), RetryAfter.Reading.AS_SAID);
        ResultRecord record = mapper.ofRetrying(
                new RecordMapper.Asked(key, ORIGIN, 3), item, URL, progress, told, NOW, NOW.plusSeconds(60));
        assertThat(record.status()).isEqualTo(RecordStatus.RETRYING);
        assertThat(record.item())
                .containsEntry("status", s("RETRYING"))
                .containsEntry("hop", n(3))
                .containsEntry("attempts", n(2))
                .containsEntry("httpStatus", n(503))
                .containsEntry("nextAttemptAt", s("2026-01-01T00:05:00.500Z"))
                .containsEntry(
                        "retryAfter",
                        AttributeValue.fromM(Map.of("header", s("300"), "waitMs", n(300_000), "reading", s("AS_SAID"))))
                .doesNotContainKey("fetchedAt");
    }

    @Test
    void what_is_tried_again_outlives_its_age_bound() {
        FetchItem item = FetchItem.get(URL.text());
        RecordKey key = RecordKey.of("b", item.method(), URL);
        Instant late = NOW.plus(Duration.ofDays(90));
        assertThat(mapper.ofRetrying(asked(key), item, URL, Progress.none(0), null, NOW, late)
                        .item())
                .containsEntry("expiresAt", n(late.getEpochSecond()));
    }

    @Test
    void what_got_too_old_has_its_last_outcome_or_says_that_it_was_never_tried() {
        FetchItem item = FetchItem.get(URL.text());
        RecordMapper.Asked asked = asked(RecordKey.of("b", item.method(), URL));
        Duration day = Duration.ofHours(24);
        assertThat(mapper.ofExpired(asked, item, URL, Progress.none(0), day, NOW)
                        .item())
                .containsEntry("status", s("FAILED"))
                .containsEntry(
                        "error",
                        AttributeValue.fromM(Map.of(
                                "kind",
                                s("EXPIRED_UNTRIED"),
                                "detail",
                                s("nothing could be found out within 24 hours; it can be sent again"))));
        Progress answered = new Progress(1, 2, 0, 0, 0, new Progress.LastTry(503, null, null));
        assertThat(mapper.ofExpired(asked, item, URL, answered, day, NOW).item())
                .containsEntry("status", s("HTTP_ERROR"))
                .containsEntry("httpStatus", n(503))
                .containsEntry("attempts", n(2))
                .doesNotContainKey("error");
        Progress failed = new Progress(1, 2, 0, 0, 0, new Progress.LastTry(null, "DNS", "no such name"));
        assertThat(mapper.ofExpired(asked, item, URL, failed, day, NOW).item())
                .containsEntry("status", s("FAILED"))
                .containsEntry("error", AttributeValue.fromM(Map.of("kind", s("DNS"), "detail", s("no such name"))));
    }
}
