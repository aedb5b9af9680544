package dev.fetchline.local.redrive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.RequestMethod;
import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.record.RecordKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Records as the items that they came from.
class RecordItemTest {
    private static final RecordItem.Options DEFAULT = new RecordItem.Options(false, false);

    private final Map<String, AttributeValue> row = new LinkedHashMap<>();

    private RecordItemTest text(String name, String value) {
        row.put(name, AttributeValue.fromS(value));
        return this;
    }

    private RecordItemTest number(String name, long value) {
        row.put(name, AttributeValue.fromN(Long.toString(value)));
        return this;
    }

    private RecordItemTest map(String name, Map<String, AttributeValue> value) {
        row.put(name, AttributeValue.fromM(value));
        return this;
    }

    private RecordItem read(RecordItem.Options options) {
        text("batchId", "nightly/03");
        return RecordItem.of(new FetchRecord(row), options);
    }

    private FetchItem item(RecordItem.Options options) {
        return ((RecordItem.Item) read(options)).item().item();
    }

    @Test
    void a_failed_record_becomes_its_item_with_its_options_and_its_outcome() {
        text("url", "HEAD https://a.example/x").text("status", "FAILED").number("attempts", 4);
        text("fetchedAt", "2026-01-01T00:00:00Z").text("tag", "t");
        map("error", Map.of("kind", AttributeValue.fromS("TIMEOUT"), "detail", AttributeValue.fromS("slow")));
        map(
                "request",
                Map.of(
                        "method", AttributeValue.fromS("HEAD"),
                        "timeoutMs", AttributeValue.fromN("5"),
                        "maxBodyBytes", AttributeValue.fromN("6"),
                        "followRedirects", AttributeValue.fromBool(false)));
        assertThat(read(DEFAULT))
                .isEqualTo(new RecordItem.Item(new RedriveItem(
                        "nightly/03",
                        new FetchItem(
                                "https://a.example/x",
                                RequestMethod.HEAD,
                                Map.of(),
                                5,
                                6,
                                false,
                                "t",
                                new Earlier(
                                        "FAILED",
                                        null,
                                        new Earlier.Failure("TIMEOUT", "slow"),
                                        4,
                                        Instant.parse("2026-01-01T00:00:00Z"),
                                        1)))));
    }

    @Test
    void a_url_too_long_for_its_key_is_taken_whole() {
        String url = "https://a.example/" + "x".repeat(2_000);
        text("url", RecordKey.ofText("nightly/03", RequestMethod.GET, url).url());
        text("fullUrl", url).text("status", "HTTP_ERROR").number("httpStatus", 503);
        assertThat(item(DEFAULT).url()).isEqualTo(url);
        assertThat(item(DEFAULT).earlier()).isEqualTo(new Earlier("HTTP_ERROR", 503, null, 0, null, 1));
    }

    @Test
    void times_counts_all_submissions_before() {
        text("url", "https://a.example/").text("status", "FAILED");
        map("earlier", Map.of("times", AttributeValue.fromN("2"), "status", AttributeValue.fromS("FAILED")));
        assertThat(item(DEFAULT).earlier()).isEqualTo(new Earlier("FAILED", null, null, 0, null, 3));
    }

    @Test
    void what_is_under_way_is_left() {
        text("url", "https://a.example/").text("status", "RETRYING");
        assertThat(read(DEFAULT)).isEqualTo(new RecordItem.Left(RecordItem.UNDER_WAY, false));
    }

    @Test
    void an_item_that_had_headers_is_left_unless_it_may_go_without() {
        text("url", "https://a.example/").text("status", "FAILED");
        map("request", Map.of("headerNames", AttributeValue.fromL(List.of(AttributeValue.fromS("Cookie")))));
        assertThat(read(DEFAULT)).isEqualTo(new RecordItem.Left(RecordItem.HEADERS, true));
        assertThat(item(new RecordItem.Options(true, false)).headers()).isEmpty();
    }

    @Test
    void what_is_no_url_is_left_unless_it_is_named() {
        String submitted = "http://[::1";
        text(
                "url",
                RecordKey.ofInvalid("x", InvalidItem.ofText(submitted, "r").sha256())
                        .url());
        text("submitted", submitted).text("status", "INVALID");
        assertThat(read(DEFAULT)).isEqualTo(new RecordItem.Left(RecordItem.INVALID, false));
        assertThat(item(new RecordItem.Options(false, true)).url()).isEqualTo(submitted);
    }

    @Test
    void a_record_whose_url_is_not_all_there_is_left() {
        text("url", "invalid:sha256=" + "0".repeat(64)).text("submitted", "http://***@[");
        text("status", "INVALID");
        assertThat(read(new RecordItem.Options(false, true)))
                .isEqualTo(new RecordItem.Left(RecordItem.NOT_WHOLE, true));
    }
}
