package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a sender says of an item's earlier submission, and every fault of it word for word.
final class EarlierTest {
    private static final String REQUIRED = "\"status\":\"FAILED\",\"attempts\":4,\"times\":1";
    private static final String NAME = "a string of 1 to 64 characters without control characters and lone surrogates";
    private static final String DETAIL =
            "a string of 0 to 1024 characters without control characters and lone surrogates";
    private static final String STATUS = "an integer from 100 to 999 (a status code)";
    private static final String ATTEMPTS = "an integer from 0 to 1000000 (attempts)";
    private static final String TIMES = "an integer from 1 to 1000000 (submissions before)";
    private static final String MOMENT = "a moment in UTC of the years 1970 to 9999 such as \"2026-01-01T00:00:00Z\"";
    private static final String NAMES = "only status, httpStatus, error, attempts, fetchedAt, times";

    static Stream<Arguments> evidence() {
        Earlier.Failure failure = new Earlier.Failure("RESPONSE_TIMEOUT", "no response head within 20000 ms");
        return Stream.of(
                Arguments.of("{" + REQUIRED + "}", new Earlier("FAILED", null, null, 4, null, 1)),
                Arguments.of(
                        "{\"times\":1000000,\"fetchedAt\":\"2026-01-01T00:00:00.123456789Z\",\"attempts\":1000000,"
                                + "\"error\":{\"detail\":\"no response head within 20000 ms\",\"kind\":\"RESPONSE_TIMEOUT\"},"
                                + "\"httpStatus\":999,\"status\":\"" + "S".repeat(64) + "\"}",
                        new Earlier(
                                "S".repeat(64),
                                999,
                                failure,
                                1_000_000,
                                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                                1_000_000)),
                Arguments.of(
                        "{\"status\":\"OK\",\"httpStatus\":100,\"attempts\":0,\"fetchedAt\":\"1970-01-01T00:00:00Z\","
                                + "\"times\":1}",
                        new Earlier("OK", 100, null, 0, Instant.EPOCH, 1)),
                Arguments.of(
                        "{" + REQUIRED + ",\"error\":{\"kind\":\"K\",\"detail\":\"\"},"
                                + "\"fetchedAt\":\"9999-12-31T23:59:59.999Z\"}",
                        new Earlier(
                                "FAILED",
                                null,
                                new Earlier.Failure("K", ""),
                                4,
                                Instant.parse("9999-12-31T23:59:59.999Z"),
                                1)));
    }

    @ParameterizedTest
    @MethodSource("evidence")
    void is_read_with_its_item_wherever_that_may_stand(String json, Earlier expected) {
        FetchItem item = FetchItem.get("x").withEarlier(expected);
        String object = "{\"url\":\"x\",\"earlier\":" + json + "}";
        assertThat(InvalidItemsTest.items(object)).containsExactly(item);
        assertThat(InvalidItemsTest.items("[\"y\"," + object + "]")).containsExactly(FetchItem.get("y"), item);
        assertThat(InvalidItemsTest.items(MessageFormsTest.notification("{\"urls\":[" + object + "]}")))
                .containsExactly(item);
        String deferral =
                "{\"v\":1,\"parts\":[" + DeferralFormsTest.part("{\"item\":\"x\",\"earlier\":" + json + "}") + "]}";
        assertThat(((Deferral) BatchReader.read(deferral, "m")).items())
                .extracting(DeferredItem::entry)
                .containsExactly(item);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("null", "", "null", "an object"),
                Arguments.of("\"FAILED\"", "", "a string", "an object"),
                Arguments.of("[]", "", "an array", "an object"),
                Arguments.of("{}", ".status", "nothing", NAME),
                Arguments.of("{\"status\":5}", ".status", "a number", NAME),
                Arguments.of("{\"status\":\"\"}", ".status", "a string of 0 characters", NAME),
                Arguments.of("{\"status\":\"" + "s".repeat(65) + "\"}", ".status", "a string of 65 characters", NAME),
                Arguments.of(
                        "{\"status\":\"a\\u0000\"}",
                        ".status",
                        "a string with a control character or lone surrogate",
                        NAME),
                Arguments.of("{\"status\":\"FAILED\"}", ".attempts", "nothing", ATTEMPTS),
                Arguments.of("{\"status\":\"FAILED\",\"attempts\":-1}", ".attempts", "-1", ATTEMPTS),
                Arguments.of("{\"status\":\"FAILED\",\"attempts\":1000001}", ".attempts", "1000001", ATTEMPTS),
                Arguments.of("{\"status\":\"FAILED\",\"attempts\":4}", ".times", "nothing", TIMES),
                Arguments.of("{\"status\":\"FAILED\",\"attempts\":4,\"times\":0}", ".times", "0", TIMES),
                Arguments.of("{\"status\":\"FAILED\",\"attempts\":4,\"times\":\"1\"}", ".times", "\"1\"", TIMES),
                Arguments.of("{" + REQUIRED + ",\"httpStatus\":99}", ".httpStatus", "99", STATUS),
                Arguments.of("{" + REQUIRED + ",\"httpStatus\":null}", ".httpStatus", "null", STATUS),
                Arguments.of("{" + REQUIRED + ",\"error\":\"no\"}", ".error", "a string", "an object"),
                Arguments.of("{" + REQUIRED + ",\"error\":{}}", ".error.kind", "nothing", NAME),
                Arguments.of("{" + REQUIRED + ",\"error\":{\"kind\":\"K\"}}", ".error.detail", "nothing", DETAIL),
                Arguments.of(
                        "{" + REQUIRED + ",\"error\":{\"kind\":\"K\",\"detail\":\"" + "d".repeat(1_025) + "\"}}",
                        ".error.detail",
                        "a string of 1025 characters",
                        DETAIL),
                Arguments.of(
                        "{" + REQUIRED + ",\"error\":{\"kind\":\"K\",\"detail\":\"s3cret\\ud800\"}}",
                        ".error.detail",
                        "a string with a control character or lone surrogate",
                        DETAIL),
                Arguments.of("{" + REQUIRED + ",\"fetchedAt\":5}", ".fetchedAt", "a number", MOMENT),
                Arguments.of("{" + REQUIRED + ",\"fetchedAt\":\"s3cret\"}", ".fetchedAt", "another text", MOMENT),
                Arguments.of(
                        "{" + REQUIRED + ",\"fetchedAt\":\"1969-12-31T23:59:59.9Z\"}",
                        ".fetchedAt",
                        "another text",
                        MOMENT),
                Arguments.of(
                        "{" + REQUIRED + ",\"fetchedAt\":\"+10000-01-01T00:00:00Z\"}",
                        ".fetchedAt",
                        "another text",
                        MOMENT));
    }

    static Stream<Arguments> faultsOfSendersOnly() {
        return Stream.of(
                Arguments.of("{" + REQUIRED + ",\"body\":\"b\"}", ".body", "an unknown field", NAMES),
                Arguments.of(
                        "{" + REQUIRED + ",\"error\":{\"kind\":\"K\",\"detail\":\"d\",\"x\":1}}",
                        ".error.x",
                        "an unknown field",
                        "only kind, detail"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource({"faults", "faultsOfSendersOnly"})
    void a_fault_of_it_is_its_items_alone(String json, String field, String found, String expected) {
        String entry = "{\"url\":\"x\",\"earlier\":" + json + "}";
        String reason = "urls[1].earlier" + field + ": found " + found + ", expected " + expected;
        assertThat(InvalidItemsTest.items("{\"urls\":[\"x\"," + entry + ",\"y\"]}"))
                .containsExactly(FetchItem.get("x"), InvalidItem.of(entry, reason), FetchItem.get("y"));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("faults")
    void a_forged_deferral_with_it_is_refused(String json, String field, String found, String expected) {
        String part = DeferralFormsTest.part("{\"item\":\"x\",\"earlier\":" + json + "}");
        assertThat(BatchReader.read("{\"v\":1,\"parts\":[" + part + "]}", "m"))
                .isEqualTo(new Unreadable(
                        "parts[0].items[0].earlier" + field + ": found " + found + ", expected " + expected));
    }

    @Test
    void a_field_of_it_stands_there_once() {
        String twice = "{" + REQUIRED + ",\"times\":1}";
        assertThat(InvalidItemsTest.items("{\"url\":\"x\",\"earlier\":" + twice + "}"))
                .extracting(item -> ((InvalidItem) item).reason())
                .containsExactly("earlier.times: found a duplicate field, expected each field once");
        String part = DeferralFormsTest.part("{\"item\":\"x\",\"earlier\":" + twice + "}");
        assertThat(BatchReader.read("{\"v\":1,\"parts\":[" + part + "]}", "m"))
                .isEqualTo(new Unreadable(
                        "parts[0].items[0].earlier.times: found a duplicate field, expected each field once"));
    }

    @Test
    void the_next_release_may_say_more_of_it_in_a_deferral() {
        String part = DeferralFormsTest.part("{\"item\":\"x\",\"earlier\":{" + REQUIRED
                + ",\"new\":1,\"error\":{\"kind\":\"K\",\"detail\":\"\",\"new\":[]}}}");
        Deferral deferral = (Deferral) BatchReader.read("{\"v\":1,\"parts\":[" + part + "]}", "m");
        assertThat(deferral.items())
                .extracting(item -> item.entry().earlier())
                .containsExactly(new Earlier("FAILED", null, new Earlier.Failure("K", ""), 4, null, 1));
    }

    /// It is true of one item and of no other.
    @Test
    void is_no_default() {
        assertThat(BatchReader.read("{\"urls\":[],\"defaults\":{\"earlier\":{" + REQUIRED + "}}}", "m"))
                .isEqualTo(new Unreadable("defaults.earlier: found an unknown field, expected only method, headers,"
                        + " timeoutMs, maxBodyBytes, followRedirects, tag"));
    }

    @Test
    void stays_with_an_item_that_is_at_fault_elsewhere() {
        Earlier earlier = new Earlier("INVALID", null, null, 0, null, 2);
        String json = "{\"status\":\"INVALID\",\"attempts\":0,\"times\":2}";
        for (String fault :
                List.of("\"url\":5", "\"url\":\"\"", "\"url\":\"x\",\"timeoutMs\":0", "\"url\":\"x\",\"y\":1")) {
            assertThat(InvalidItemsTest.items("{" + fault + ",\"earlier\":" + json + "}"))
                    .singleElement()
                    .isInstanceOf(InvalidItem.class)
                    .extracting(BatchItem::earlier)
                    .isEqualTo(earlier);
        }
        assertThat(InvalidItemsTest.items("{\"url\":5,\"earlier\":{}}"))
                .extracting(BatchItem::earlier)
                .containsExactly((Earlier) null);
    }

    @Test
    void its_detail_is_cut_to_500_bytes_between_characters() {
        assertThat(detail("d".repeat(500))).isEqualTo("d".repeat(500));
        assertThat(detail("d".repeat(1_024))).isEqualTo("d".repeat(500));
        assertThat(detail("d" + "é".repeat(400))).isEqualTo("d" + "é".repeat(249));
        assertThat(detail("dd" + "\ud83d\ude00".repeat(200))).isEqualTo("dd" + "\ud83d\ude00".repeat(124));
        assertThat(detail("é".repeat(1_024)).getBytes(StandardCharsets.UTF_8)).hasSize(500);
    }

    private static String detail(String given) {
        String json = "{" + REQUIRED + ",\"error\":{\"kind\":\"K\",\"detail\":\"" + given + "\"}}";
        return InvalidItemsTest.items("{\"url\":\"x\",\"earlier\":" + json + "}")
                .getFirst()
                .earlier()
                .failure()
                .detail();
    }

    /// What a release cannot say in a deferral, it must not put on the queue.
    @Test
    void what_is_past_its_limits_is_cut_to_them() {
        Earlier cut = new Earlier(
                "S\n" + "s".repeat(100), 99, new Earlier.Failure("K".repeat(65), "a\u0000b"), -1, Instant.MAX, 0);
        assertThat(cut)
                .isEqualTo(new Earlier(
                        "S " + "s".repeat(62),
                        null,
                        new Earlier.Failure("K".repeat(64), "a b"),
                        0,
                        Instant.parse("9999-12-31T23:59:59.999Z"),
                        1));
        assertThat(new Earlier("S", 1_000, null, Integer.MAX_VALUE, Instant.MIN, Integer.MAX_VALUE))
                .isEqualTo(new Earlier("S", null, null, 1_000_000, Instant.EPOCH, 1_000_000));
    }
}
