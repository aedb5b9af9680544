package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fetchline.intake.JsonValue.JsonArray;
import dev.fetchline.intake.JsonValue.JsonObject;
import dev.fetchline.intake.JsonValue.JsonString;
import dev.fetchline.intake.Progress.LastTry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The events that `sam local invoke` takes: each has the shape of a real one, and its bodies mean what its name says.
class EventFilesTest {
    private static final Path EVENTS = Path.of("..", "events");

    /// What stands for the SQS message id, which is the batch's name where a message gives none.
    private static final String OWN_ID = "the message id";

    private static final Map<String, List<Intake>> EXPECTED = Map.ofEntries(
            Map.entry("single-url.json", List.of(batch(OWN_ID, "https://example.com/"))),
            Map.entry("many-urls.json", List.of(manyUrls())),
            Map.entry(
                    "text-lines.json",
                    List.of(batch(
                            OWN_ID,
                            "https://example.com/one",
                            "https://example.com/two",
                            "https://example.org/three"))),
            Map.entry("json-string.json", List.of(batch(OWN_ID, "https://example.com/from-a-json-string"))),
            Map.entry("json-array.json", List.of(jsonArray())),
            Map.entry("object-with-defaults.json", List.of(objectWithDefaults())),
            Map.entry("one-item-object.json", List.of(oneItemObject())),
            Map.entry(
                    "sns-notification.json",
                    List.of(batch("from-sns", "https://example.com/one", "https://example.org/two"))),
            Map.entry("mixed-valid-and-invalid.json", List.of(mixed())),
            Map.entry(
                    "poison-body.json",
                    List.of(
                            new Unreadable("body: found \"\"\" at line 1, column 37, expected \",\" or \"]\""),
                            batch(OWN_ID, "https://example.org/beside-the-poison"))),
            Map.entry(
                    "redelivery.json",
                    List.of(batch("redelivery", "https://example.com/one", "https://example.org/two"))),
            Map.entry("deferral.json", List.of(deferral())),
            Map.entry("empty-list.json", List.of(batch("empty"))));

    static List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void bodies_mean_what_the_table_says(String file) throws Exception {
        List<Intake> expected = EXPECTED.get(file);
        if (expected == null) {
            fail("events/%s is not in the table of this test: say there what it means", file);
        }
        List<JsonObject> records = records(file);
        assertThat(records).hasSameSizeAs(expected);
        for (int i = 0; i < records.size(); i++) {
            JsonObject record = records.get(i);
            assertThat(BatchReader.read(text(record, "body"), OWN_ID)).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void records_have_the_shape_of_real_ones(String file) throws Exception {
        for (JsonObject record : records(file)) {
            record.expectOnly(List.of(
                    "messageId",
                    "receiptHandle",
                    "body",
                    "attributes",
                    "messageAttributes",
                    "md5OfBody",
                    "eventSource",
                    "eventSourceARN",
                    "awsRegion"));
            assertThat(record.members()).hasSize(9);
            assertThat(UUID.fromString(text(record, "messageId")).toString()).isEqualTo(text(record, "messageId"));
            assertThat(text(record, "receiptHandle")).isNotEmpty();
            byte[] md5 =
                    MessageDigest.getInstance("MD5").digest(text(record, "body").getBytes(StandardCharsets.UTF_8));
            assertThat(text(record, "md5OfBody")).isEqualTo(HexFormat.of().formatHex(md5));
            assertThat(text(record, "eventSource")).isEqualTo("aws:sqs");
            assertThat(text(record, "eventSourceARN")).isEqualTo("arn:aws:sqs:us-east-1:123456789012:fetch-queue");
            assertThat(text(record, "awsRegion")).isEqualTo("us-east-1");
            JsonObject attributes = (JsonObject) record.get("attributes");
            assertThat(attributes.members())
                    .extracting(JsonObject.Member::name)
                    .containsExactlyInAnyOrder(
                            "ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp");
            assertThat(text(attributes, "ApproximateReceiveCount"))
                    .isEqualTo(file.equals("redelivery.json") ? "3" : "1");
            assertThat(((JsonObject) record.get("messageAttributes")).members()).isEmpty();
        }
    }

    @Test
    void every_file_of_the_table_exists() throws Exception {
        assertThat(files()).containsAll(EXPECTED.keySet());
    }

    private static List<JsonObject> records(String file) throws Exception {
        JsonObject event = (JsonObject) JsonReader.read(Files.readString(EVENTS.resolve(file)));
        event.expectOnly(List.of("Records"));
        return ((JsonArray) event.get("Records"))
                .elements().stream().map(JsonObject.class::cast).toList();
    }

    private static String text(JsonObject object, String field) {
        return ((JsonString) object.get(field)).text();
    }

    private static FetchBatch manyUrls() {
        return batch(
                "many-urls",
                "https://example.com/",
                "https://example.com/about",
                "https://example.com/search?q=queue",
                "https://example.com/search?q=lambda",
                "https://example.com/a/b/../c",
                "https://example.com/caf%C3%A9",
                "https://example.org/",
                "https://example.org/news",
                "https://example.org/feed.xml",
                "https://example.org:8443/status",
                "http://example.org/plain",
                "https://www.example.com/");
    }

    private static FetchBatch jsonArray() {
        return new FetchBatch(
                OWN_ID,
                List.of(
                        FetchItem.get("https://example.com/one"),
                        new FetchItem(
                                "https://example.com/two", RequestMethod.GET, Map.of(), null, null, null, "second"),
                        FetchItem.get("https://example.org/three")));
    }

    private static FetchBatch objectWithDefaults() {
        Map<String, String> english = Map.of("Accept", "text/html", "Accept-Language", "en");
        Map<String, String> german = Map.of("Accept", "text/html", "accept-language", "de");
        return new FetchBatch(
                "nightly-2026-01-01",
                List.of(
                        new FetchItem("https://example.com/", RequestMethod.GET, english, 5_000, null, null, "nightly"),
                        new FetchItem(
                                "https://example.com/de", RequestMethod.GET, german, 5_000, null, null, "nightly"),
                        new FetchItem(
                                "https://example.org/large.iso",
                                RequestMethod.HEAD,
                                english,
                                5_000,
                                null,
                                false,
                                "size only")));
    }

    private static FetchBatch oneItemObject() {
        return new FetchBatch(
                OWN_ID,
                List.of(new FetchItem(
                        "https://example.com/report",
                        RequestMethod.GET,
                        Map.of("Accept", "application/json"),
                        10_000,
                        65_536,
                        true,
                        "report")));
    }

    private static FetchBatch mixed() {
        return new FetchBatch(
                "mixed",
                List.of(
                        FetchItem.get("https://example.com/good"),
                        InvalidItem.of("42", "urls[1]: found 42, expected a URL string or an object with \"url\""),
                        InvalidItem.of("", "urls[2]: found an empty string, expected a URL of 1 to 8192 UTF-8 bytes"),
                        InvalidItem.of(
                                "{\"tag\":\"no url\"}",
                                "urls[3].url: found nothing, expected a URL of 1 to 8192 UTF-8 bytes"),
                        InvalidItem.of(
                                "{\"url\":\"https://example.com/slow\",\"timeoutMs\":\"5s\"}",
                                "urls[4].timeoutMs: found \"5s\", expected an integer from 1 to 900000 (milliseconds)"),
                        InvalidItem.of(
                                "{\"url\":\"https://example.com/twice\",\"tag\":\"a\",\"tag\":\"b\"}",
                                "urls[5].tag: found a duplicate field, expected each field once"),
                        InvalidItem.of(
                                "{\"url\":\"https://example.com/host\",\"headers\":{\"Host\":\"example.org\"}}",
                                "urls[6].headers: found the name \"Host\", expected none of host, content-length,"
                                        + " connection, expect, keep-alive, proxy-authenticate, proxy-authorization,"
                                        + " proxy-connection, te, trailer, transfer-encoding, upgrade"),
                        InvalidItem.of(
                                "https://example.com/\\u0000",
                                "urls[7]: found \"https://example.com/\\u0000\", expected a URL without control"
                                        + " characters and lone surrogates"),
                        FetchItem.get("https://example.org/also-good")));
    }

    private static Deferral deferral() {
        Origin nightly = new Origin("b5a1d3f0-6a0e-4f3c-9d61-0c6a5d9b7e21", 1_767_225_000_000L);
        Origin unwritten = new Origin("0d9c9a4e-31b5-4a53-8d43-5a1a7f2f6c10", 1_767_225_300_000L);
        FetchItem slow =
                new FetchItem("https://example.org/slow", RequestMethod.GET, Map.of(), 5_000, null, null, "slow");
        long due = 1_767_225_590_000L;
        return new Deferral(List.of(
                new DeferredItem(
                        "nightly",
                        nightly,
                        FetchItem.get("https://example.com/busy"),
                        new Progress(2, 2, 1, 1_767_225_001_000L, due, new LastTry(503, null, null))),
                new DeferredItem(
                        "nightly",
                        nightly,
                        slow,
                        new Progress(
                                2,
                                1,
                                0,
                                1_767_225_001_000L,
                                due,
                                new LastTry(null, "RESPONSE_TIMEOUT", "no response within 5 s"))),
                new DeferredItem(
                        "unwritten",
                        unwritten,
                        FetchItem.get("https://example.com/not-yet-tried"),
                        new Progress(1, 0, 0, 1_767_225_301_000L, 0, null)),
                new DeferredItem(
                        "unwritten",
                        unwritten,
                        InvalidItem.of("42", "urls[1]: found 42, expected a URL string or an object with \"url\""),
                        new Progress(1, 0, 0, 1_767_225_301_000L, 0, null))));
    }

    private static FetchBatch batch(String batchId, String... urls) {
        return new FetchBatch(
                batchId, Arrays.stream(urls).<BatchItem>map(FetchItem::get).toList());
    }
}
