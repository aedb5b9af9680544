package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Deferrals that the function never wrote: each is refused as a whole, and the reason word for word.
class ForgedDeferralsTest {
    private static final String NAME = "a string of 1 to 256 UTF-8 bytes without control characters";
    private static final String CLEAN = " characters without control characters and lone surrogates";
    private static final String COUNT = "an integer from 0 to 1000000 ";
    private static final String MOMENT = "an integer from 0 to 253402300799999 (epoch milliseconds)";
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    static Stream<Arguments> messages() {
        return Stream.of(
                Arguments.of("{\"v\":null}", "v", "null", "an integer, the version of a deferral"),
                Arguments.of("{\"v\":\"1\"}", "v", "\"1\"", "an integer, the version of a deferral"),
                Arguments.of("{\"v\":1.0}", "v", "1.0", "an integer, the version of a deferral"),
                Arguments.of("{\"v\":1e0}", "v", "1e0", "an integer, the version of a deferral"),
                Arguments.of("{\"v\":[1]}", "v", "an array", "an integer, the version of a deferral"),
                Arguments.of("{\"v\":1,\"v\":2}", "v", "a duplicate field", "each field once"),
                Arguments.of("{\"v\":1,\"v\":1}", "v", "a duplicate field", "each field once"),
                Arguments.of("{\"v\":1}", "parts", "nothing", "an array of parts"),
                Arguments.of("{\"url\":\"x\",\"v\":1}", "parts", "nothing", "an array of parts"),
                Arguments.of("{\"v\":1,\"parts\":{}}", "parts", "an object", "an array of parts"),
                Arguments.of("{\"v\":1,\"parts\":[],\"parts\":[]}", "parts", "a duplicate field", "each field once"),
                Arguments.of("{\"v\":1,\"parts\":[\"x\"]}", "parts[0]", "\"x\"", "an object"));
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                Arguments.of(
                        with("batchId", "\"c\",\"batchId\":\"d\""), "batchId", "a duplicate field", "each field once"),
                Arguments.of("{\"items\":[]}", "batchId", "nothing", NAME),
                Arguments.of("{\"batchId\":\"b\",\"items\":[]}", "messageId", "nothing", NAME),
                Arguments.of(with("batchId", "\"\""), "batchId", "\"\"", NAME),
                Arguments.of(with("batchId", "7"), "batchId", "7", NAME),
                Arguments.of(
                        with("batchId", "\"\\u0000\""),
                        "batchId",
                        "\"\\u0000\"",
                        NAME + " and without lone surrogates"),
                Arguments.of(with("messageId", "null"), "messageId", "null", NAME),
                Arguments.of(
                        with("messageId", "\"" + "é".repeat(129) + "\""),
                        "messageId",
                        "a string of 258 UTF-8 bytes",
                        NAME),
                Arguments.of(
                        with("messageId", "\"\\udc00\""),
                        "messageId",
                        "\"\\udc00\"",
                        NAME + " and without lone surrogates"),
                Arguments.of("{\"batchId\":\"b\",\"messageId\":\"m\",\"items\":[]}", "requestedAt", "nothing", MOMENT),
                Arguments.of(with("requestedAt", "-1"), "requestedAt", "-1", MOMENT),
                Arguments.of(with("requestedAt", "253402300800000"), "requestedAt", "253402300800000", MOMENT),
                Arguments.of(with("requestedAt", "1.7e12"), "requestedAt", "1.7e12", MOMENT),
                Arguments.of(with("firstSeenAt", "\"now\""), "firstSeenAt", "\"now\"", MOMENT),
                Arguments.of(
                        with("firstSeenAt", "99999999999999999999"), "firstSeenAt", "99999999999999999999", MOMENT),
                Arguments.of(
                        with("hop", "1,\"headers\":7"),
                        "headers",
                        "a number",
                        "an object of header names and string values"),
                Arguments.of(with("hop", "-1"), "hop", "-1", COUNT + "(deferrals)"),
                Arguments.of(with("hop", "1000001"), "hop", "1000001", COUNT + "(deferrals)"),
                Arguments.of(with("hop", "1e3"), "hop", "1e3", COUNT + "(deferrals)"),
                Arguments.of(with("hop", "true"), "hop", "true", COUNT + "(deferrals)"),
                Arguments.of("{\"batchId\":\"b\"}", "items", "nothing", "an array of entries"),
                Arguments.of(with("items", "\"x\""), "items", "\"x\"", "an array of entries"),
                Arguments.of(with("items", "[],\"items\":[]"), "items", "a duplicate field", "each field once"),
                Arguments.of(
                        with("items", "[" + String.join(",", Collections.nCopies(501, "0")) + "]"),
                        "items",
                        "501 entries with those of the parts before",
                        "at most 500 in all parts together"));
    }

    static Stream<Arguments> entries() {
        return Stream.of(
                Arguments.of("\"x\"", "", "\"x\"", "an object with \"item\" or \"invalid\""),
                Arguments.of("null", "", "null", "an object with \"item\" or \"invalid\""),
                Arguments.of("{}", "", "neither of the two", "either \"item\" or \"invalid\""),
                Arguments.of("{\"item\":\"x\",\"invalid\":5}", "", "both", "either \"item\" or \"invalid\""),
                Arguments.of("{\"item\":\"x\",\"item\":\"y\"}", ".item", "a duplicate field", "each field once"),
                Arguments.of(entry("\"made\":-1"), ".made", "-1", COUNT + "(tries)"),
                Arguments.of(entry("\"made\":1000001"), ".made", "1000001", COUNT + "(tries)"),
                Arguments.of(entry("\"made\":2147483648"), ".made", "2147483648", COUNT + "(tries)"),
                Arguments.of(entry("\"made\":1e3"), ".made", "1e3", COUNT + "(tries)"),
                Arguments.of(
                        entry("\"made\":99999999999999999999"), ".made", "99999999999999999999", COUNT + "(tries)"),
                Arguments.of(entry("\"made\":null"), ".made", "null", COUNT + "(tries)"),
                Arguments.of(entry("\"made\":1,\"made\":1"), ".made", "a duplicate field", "each field once"),
                Arguments.of(
                        entry("\"made\":2,\"granted\":3"),
                        ".granted",
                        "3",
                        "an integer from 0 to 2 (tries that cost nothing, \"made\" at most)"),
                Arguments.of(
                        entry("\"granted\":1"),
                        ".granted",
                        "1",
                        "an integer from 0 to 0 (tries that cost nothing, \"made\" at most)"),
                Arguments.of(entry("\"notBefore\":-1"), ".notBefore", "-1", MOMENT),
                Arguments.of(entry("\"notBefore\":9223372036854775808"), ".notBefore", "9223372036854775808", MOMENT),
                Arguments.of(entry("\"last\":null"), ".last", "null", "an object"),
                Arguments.of(entry("\"last\":[]"), ".last", "an array", "an object"),
                Arguments.of(last("\"httpStatus\":99"), ".last.httpStatus", "99", status()),
                Arguments.of(last("\"httpStatus\":1000"), ".last.httpStatus", "1000", status()),
                Arguments.of(last("\"httpStatus\":\"503\""), ".last.httpStatus", "\"503\"", status()),
                Arguments.of(last("\"kind\":5"), ".last.kind", "a number", "a string of 0 to 64" + CLEAN),
                Arguments.of(
                        last("\"kind\":\"" + "k".repeat(65) + "\""),
                        ".last.kind",
                        "a string of 65 characters",
                        "a string of 0 to 64" + CLEAN),
                Arguments.of(
                        last("\"kind\":\"a\",\"kind\":\"a\""), ".last.kind", "a duplicate field", "each field once"),
                Arguments.of(
                        last("\"detail\":\"a\\nb\""),
                        ".last.detail",
                        "a string with a control character or lone surrogate",
                        "a string of 0 to 1024" + CLEAN),
                Arguments.of(
                        last("\"detail\":\"" + "d".repeat(1_025) + "\""),
                        ".last.detail",
                        "a string of 1025 characters",
                        "a string of 0 to 1024" + CLEAN),
                Arguments.of("{\"invalid\":\"x\"}", ".invalid", "\"x\"", "an object"),
                Arguments.of("{\"invalid\":{}}", ".invalid.sha256", "nothing", "64 lower-case hex digits"),
                Arguments.of(invalid("\"sha256\":5"), ".invalid.sha256", "5", "64 lower-case hex digits"),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256.toUpperCase() + "\""),
                        ".invalid.sha256",
                        "\"" + SHA256.toUpperCase() + "\"",
                        "64 lower-case hex digits"),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "0\""),
                        ".invalid.sha256",
                        "\"" + SHA256 + "0\"",
                        "64 lower-case hex digits"),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\""),
                        ".invalid.text",
                        "nothing",
                        "a string of 0 to 4096" + CLEAN),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\",\"text\":\"" + "t".repeat(4_097) + "\""),
                        ".invalid.text",
                        "a string of 4097 characters",
                        "a string of 0 to 4096" + CLEAN),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\",\"text\":\"s3cret \\ud800\""),
                        ".invalid.text",
                        "a string with a control character or lone surrogate",
                        "a string of 0 to 4096" + CLEAN),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\",\"text\":\"t\",\"text\":\"t\""),
                        ".invalid.text",
                        "a duplicate field",
                        "each field once"),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\",\"text\":\"t\",\"reason\":\"\""),
                        ".invalid.reason",
                        "a string of 0 characters",
                        "a string of 1 to 1024" + CLEAN),
                Arguments.of(
                        invalid("\"sha256\":\"" + SHA256 + "\",\"text\":\"t\",\"reason\":{\"a\":1}"),
                        ".invalid.reason",
                        "an object",
                        "a string of 1 to 1024" + CLEAN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void says_what_is_wrong_with_a_message(String body, String field, String found, String expected) {
        assertUnreadable(body, field + ": found " + found + ", expected " + expected);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("parts")
    void says_what_is_wrong_with_a_part(String part, String field, String found, String expected) {
        String reason = field + ": found " + found + ", expected " + expected;
        assertUnreadable("{\"v\":1,\"parts\":[" + part + "]}", "parts[0]." + reason);
        String good = DeferralFormsTest.part("");
        assertUnreadable("{\"v\":1,\"parts\":[" + good + "," + part + "]}", "parts[1]." + reason);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("entries")
    void says_what_is_wrong_with_an_entry(String entry, String field, String found, String expected) {
        String part = DeferralFormsTest.part("{\"item\":\"x\"},{\"item\":7}," + entry);
        assertUnreadable(
                "{\"v\":1,\"parts\":[" + part + "]}",
                "parts[0].items[2]" + field + ": found " + found + ", expected " + expected);
    }

    @Test
    void counts_the_items_of_all_parts_before_it_reads_them() {
        String most = DeferralFormsTest.part(String.join(",", Collections.nCopies(500, "{\"item\":\"x\"}")));
        String oneMore = DeferralFormsTest.part("0");
        assertUnreadable(
                "{\"v\":1,\"parts\":[" + most + "," + oneMore + "]}",
                "parts[1].items: found 501 entries with those of the parts before, expected at most 500 in all parts"
                        + " together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"v\":1,\"parts\":[]}", "{\"v\":2}", "{\"v\":\"x\"}"})
    void no_deferral_comes_through_a_topic(String body) {
        assertUnreadable(
                MessageFormsTest.notification(body),
                "Message: found a deferral inside an SNS notification, expected one straight from the queue");
    }

    @Test
    void a_deferral_inside_of_an_item_is_none() {
        String part = DeferralFormsTest.part("{\"item\":{\"v\":1,\"parts\":[]}}");
        assertThat(((Deferral) BatchReader.read("{\"v\":1,\"parts\":[" + part + "]}", "message-1")).items())
                .extracting(DeferredItem::entry)
                .containsExactly(InvalidItem.of(
                        "{\"v\":1,\"parts\":[]}",
                        "parts[0].items[0].item.v: found an unknown field, expected only url, method, headers, timeoutMs,"
                                + " maxBodyBytes, followRedirects, tag, earlier"));
    }

    private static String status() {
        return "an integer from 100 to 999 (a status code)";
    }

    private static String entry(String more) {
        return "{\"item\":\"x\"," + more + "}";
    }

    private static String last(String fields) {
        return entry("\"last\":{" + fields + "}");
    }

    private static String invalid(String fields) {
        return "{\"invalid\":{" + fields + "}}";
    }

    /// A good part with one of its fields replaced.
    private static String with(String field, String value) {
        String part = DeferralFormsTest.part("");
        String forged = part.replaceFirst("\"" + field + "\":(\"\\w*\"|\\d+|\\[])", "");
        assertThat(forged).isNotEqualTo(part);
        return forged.replaceFirst("\\{,?", "{")
                .replace(",,", ",")
                .replace(",}", "}")
                .replaceFirst("\\{", "{\"" + field + "\":" + value.replace("\\", "\\\\") + ",");
    }

    private static void assertUnreadable(String body, String reason) {
        assertThat(BatchReader.read(body, "message-1")).isEqualTo(new Unreadable(reason));
    }
}
