package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every fault of a whole body, and the reason word for word.
class UnreadableBodiesTest {
    private static final String NO_MORE = "nothing after the one JSON value";
    private static final String STRING = "a JSON string with its control characters and backslashes escaped";
    private static final String NAME = ", expected a string of 1 to 256 UTF-8 bytes without control characters";

    static Stream<Arguments> notJson() {
        return Stream.of(
                Arguments.of("[", "the end of the text at line 1, column 2", "the rest of the JSON value"),
                Arguments.of(
                        "{\"urls\":[\"x\"", "the end of the text at line 1, column 13", "the rest of the JSON value"),
                Arguments.of("\"http://x", "the end of the text at line 1, column 10", "the rest of the JSON value"),
                Arguments.of("{", "the end of the text at line 1, column 2", "the rest of the JSON value"),
                Arguments.of("[] x", "\"x\" at line 1, column 4", NO_MORE),
                Arguments.of("[]]", "\"]\" at line 1, column 3", NO_MORE),
                Arguments.of("[],", "\",\" at line 1, column 3", NO_MORE),
                Arguments.of("{\"url\":\"x\"}\n{\"url\":\"y\"}", "\"{\" at line 2, column 1", NO_MORE),
                Arguments.of("[]\n\n5", "\"5\" at line 3, column 1", NO_MORE),
                Arguments.of("\"x\"\nhttp://y", "\"h\" at line 2, column 1", NO_MORE),
                Arguments.of("[]\u0000", "\"\\u0000\" at line 1, column 3", STRING),
                Arguments.of("[1 2]", "\"2\" at line 1, column 4", "\",\" or \"]\""),
                Arguments.of("[1,]", "\"]\" at line 1, column 4", "a value"),
                Arguments.of("[,1]", "\",\" at line 1, column 2", "a value or \"]\""),
                Arguments.of("[1}", "\"}\" at line 1, column 3", "\",\" or \"]\""),
                Arguments.of("{\"a\":1]", "\"]\" at line 1, column 7", "\",\" or \"}\""),
                Arguments.of("{\"a\":1,}", "\"}\" at line 1, column 8", "a field name in double quotes"),
                Arguments.of("{a:1}", "\"a\" at line 1, column 2", "a field name in double quotes or \"}\""),
                Arguments.of("{'url':'x'}", "\"'\" at line 1, column 2", "a field name in double quotes or \"}\""),
                Arguments.of("{\"url\" \"x\"}", "\"\"\" at line 1, column 8", "\":\""),
                Arguments.of("{\"url\":}", "\"}\" at line 1, column 8", "a value"),
                Arguments.of("{\"url\":Bearer secret}", "\"B\" at line 1, column 8", "a value"),
                Arguments.of("[NaN]", "\"]\" at line 1, column 5", "a JSON value"),
                Arguments.of("[-]", "\"]\" at line 1, column 3", "a JSON value"),
                Arguments.of("[Infinity]", "\"]\" at line 1, column 10", "a JSON value"),
                Arguments.of("[nul]", "\"n\" at line 1, column 2", "a value or \"]\""),
                Arguments.of("[01]", "\"1\" at line 1, column 3", "\",\" or \"]\""),
                Arguments.of("[] // c", "\"/\" at line 1, column 4", NO_MORE),
                Arguments.of("[/* c */]", "\"/\" at line 1, column 2", "a value or \"]\""),
                Arguments.of("[\n  1,\n  # c\n]", "\"#\" at line 3, column 3", "a value"),
                Arguments.of("[\"a\\q\"]", "\"q\" at line 1, column 5", STRING),
                Arguments.of("[\"a\nb\"]", "\"\\u000a\" at line 1, column 4", STRING),
                Arguments.of("[\uFEFF]", "\"\\ufeff\" at line 1, column 2", "a value or \"]\""),
                Arguments.of("[\ud83d\ude00]", "\"\ud83d\ude00\" at line 1, column 2", "a value or \"]\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notJson")
    void says_where_a_body_stops_being_JSON(String body, String found, String expected) {
        String finding = ": found " + found + ", expected " + expected;
        assertUnreadable(body, "body" + finding);
        assertUnreadable("\uFEFF" + body, "body" + finding);
        if (body.chars().noneMatch(c -> c == 0)) {
            assertUnreadable(MessageFormsTest.notification(body), "Message" + finding);
        }
    }

    static Stream<Arguments> limits() {
        return Stream.of(
                Arguments.of(
                        "[".repeat(9),
                        "body: found JSON nested too deep at line 1, column 10, expected at most 8 levels"),
                Arguments.of(
                        "[".repeat(100_000),
                        "body: found JSON nested too deep at line 1, column 10, expected at most 8 levels"),
                Arguments.of(
                        "[" + "1".repeat(101) + "]",
                        "body: found a number too long at line 1, column 103, expected at most 100 characters"),
                Arguments.of(
                        "{\"a\":" + "1".repeat(101) + "}",
                        "body: found a number too long at line 1, column 107, expected at most 100 characters"),
                Arguments.of(
                        "{\"" + "a".repeat(257) + "\":1}",
                        "body: found a field name too long at line 1, column 261, expected at most 256 characters"),
                Arguments.of(
                        "[" + " ".repeat(6 * 1024 * 1024) + "]",
                        "body: found 6291458 characters, expected at most 6291456"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("limits")
    void says_which_limit_a_body_passes(String body, String reason) {
        assertUnreadable(body, reason);
    }

    @Test
    void takes_JSON_at_its_limits() {
        assertThat(InvalidItemsTest.items("[".repeat(8) + "]".repeat(8))).hasSize(1);
        assertThat(InvalidItemsTest.items("[" + "1".repeat(100) + "]")).hasSize(1);
        assertThat(InvalidItemsTest.items("[{\"" + "a".repeat(256) + "\":1}]")).hasSize(1);
        assertThat(InvalidItemsTest.items("[" + " ".repeat(6 * 1024 * 1024 - 2) + "]"))
                .isEmpty();
        assertThat(InvalidItemsTest.items("\"" + "a".repeat(6 * 1024 * 1024 - 2) + "\""))
                .hasSize(1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "{}",
                        "body: found an object with neither, expected \"urls\" (a list of items) or \"url\" (one item)"),
                Arguments.of(
                        "{\"batchId\":\"b\"}",
                        "body: found an object with neither, expected \"urls\" (a list of items) or \"url\" (one item)"),
                Arguments.of(
                        "{\"urls\":[],\"url\":\"x\"}",
                        "url: found a second form beside \"urls\", expected either \"urls\" or \"url\""),
                Arguments.of("{\"urls\":null}", "urls: found null, expected an array of items"),
                Arguments.of("{\"urls\":\"http://x\"}", "urls: found \"http://x\", expected an array of items"),
                Arguments.of("{\"urls\":{\"a\":1}}", "urls: found an object, expected an array of items"),
                Arguments.of("{\"urls\":5.0}", "urls: found 5.0, expected an array of items"),
                Arguments.of("{\"urls\":[],\"urls\":[]}", "urls: found a duplicate field, expected each field once"),
                Arguments.of(
                        "{\"urls\":[],\"timeoutMs\":5}",
                        "timeoutMs: found an unknown field, expected only batchId, urls, defaults"),
                Arguments.of("{\"urls\":[],\"batchId\":7}", "batchId: found 7" + NAME),
                Arguments.of("{\"urls\":[],\"batchId\":null}", "batchId: found null" + NAME),
                Arguments.of("{\"urls\":[],\"batchId\":\"\"}", "batchId: found \"\"" + NAME),
                Arguments.of(
                        "{\"urls\":[],\"batchId\":\"a\\tb\"}",
                        "batchId: found \"a\\u0009b\"" + NAME + " and without lone surrogates"),
                Arguments.of(
                        "{\"urls\":[],\"batchId\":\"\\ud800\"}",
                        "batchId: found \"\\ud800\"" + NAME + " and without lone surrogates"),
                Arguments.of(
                        "{\"urls\":[],\"batchId\":\"" + "b".repeat(257) + "\"}",
                        "batchId: found a string of 257 UTF-8 bytes" + NAME),
                Arguments.of(
                        "{\"urls\":[],\"defaults\":[]}", "defaults: found an array, expected an object of options"),
                Arguments.of("{\"urls\":[],\"defaults\":null}", "defaults: found null, expected an object of options"),
                Arguments.of(
                        "{\"urls\":[],\"defaults\":{\"url\":\"x\"}}",
                        "defaults.url: found an unknown field, expected only method, headers, timeoutMs, maxBodyBytes,"
                                + " followRedirects, tag"),
                Arguments.of(
                        "{\"urls\":[],\"defaults\":{\"tag\":\"a\",\"tag\":\"a\"}}",
                        "defaults.tag: found a duplicate field, expected each field once"),
                Arguments.of(
                        "{\"urls\":[],\"defaults\":{\"timeoutMs\":900001}}",
                        "defaults.timeoutMs: found 900001, expected an integer from 1 to 900000 (milliseconds)"),
                Arguments.of(
                        "{\"Type\":\"SubscriptionConfirmation\",\"Message\":\"x\"}",
                        "Type: found \"SubscriptionConfirmation\", expected \"Notification\", or \"urls\" or \"url\" instead"),
                Arguments.of("{\"Type\":\"Notification\"}", "Message: found nothing, expected a string"),
                Arguments.of(
                        "{\"Type\":\"Notification\",\"Message\":{\"urls\":[]}}",
                        "Message: found an object, expected a string"),
                Arguments.of(
                        "{\"Type\":\"Notification\",\"Message\":\"x\",\"Message\":\"y\"}",
                        "Message: found a duplicate field, expected each field once"),
                Arguments.of(
                        "{\"Type\":\"Notification\",\"Message\":\"x\",\"urls\":[\"y\"]}",
                        "urls: found a field beside an SNS notification's own, expected it inside \"Message\""),
                Arguments.of(
                        MessageFormsTest.notification("{\"urls\":[],\"defaults\":{\"tag\":5}}"),
                        "Message.defaults.tag: found 5" + NAME),
                Arguments.of(
                        MessageFormsTest.notification(MessageFormsTest.notification("http://x")),
                        "Message: found an SNS notification inside an SNS notification, expected one notification at most"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void says_what_is_wrong_with_a_message(String body, String reason) {
        assertUnreadable(body, reason);
    }

    /// The parser takes a character beyond ASCII for the hex digit that its low byte is.
    @Test
    void an_escape_has_four_digits_of_ASCII() {
        assertUnreadable(
                "[\n\"\\u\u9E460aa\"]",
                "body: found \"\u9E46\" at line 2, column 4, expected four hex digits after \\u");
        assertUnreadable(
                "[\"\\\\\\u004\uFF11\"]",
                "body: found \"\uFF11\" at line 1, column 10, expected four hex digits after \\u");
        assertThat(InvalidItemsTest.items("[\"\\\\u\u9E460aa\", \"\\u004a\uFF11\"]"))
                .containsExactly(FetchItem.get("\\u\u9E460aa"), FetchItem.get("J\uFF11"));
    }

    @Test
    void a_batchId_may_have_256_bytes() {
        String id = "é".repeat(128);
        assertThat(BatchReader.read("{\"urls\":[],\"batchId\":\"" + id + "\"}", "message-1"))
                .isEqualTo(new FetchBatch(id, List.of()));
    }

    @Test
    void takes_10_000_items_and_no_more() {
        String lines = "# list\n" + "http://x\n".repeat(10_000);
        assertThat(InvalidItemsTest.items(lines)).hasSize(10_000);
        assertUnreadable(lines + "http://x", "body: found 10001 items, expected at most 10000");
        String most = String.join(",", Collections.nCopies(10_000, "0"));
        assertThat(InvalidItemsTest.items("[" + most + "]")).hasSize(10_000);
        assertUnreadable("[0," + most + "]", "body: found 10001 items, expected at most 10000");
        assertThat(InvalidItemsTest.items("{\"urls\":[" + most + "]}")).hasSize(10_000);
        assertUnreadable("{\"urls\":[0," + most + "]}", "urls: found 10001 items, expected at most 10000");
    }

    private static void assertUnreadable(String body, String reason) {
        assertThat(BatchReader.read(body, "message-1")).isEqualTo(new Unreadable(reason));
    }
}
