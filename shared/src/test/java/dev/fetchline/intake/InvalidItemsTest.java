package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every fault of one item: the field that is named, the text that is kept, and the reason word for word.
class InvalidItemsTest {
    private static final String NEITHER = ", expected a URL string or an object with \"url\"";
    private static final String URL = ", expected a URL of 1 to 8192 UTF-8 bytes";
    private static final String CLEAN = ", expected a URL without control characters and lone surrogates";
    private static final String TIMEOUT = ", expected an integer from 1 to 900000 (milliseconds)";
    private static final String BODY = ", expected an integer from 0 to 1073741824 (bytes)";
    private static final String TAG = ", expected a string of 1 to 256 UTF-8 bytes without control characters";
    private static final String METHOD = ", expected \"GET\" or \"HEAD\" in upper case";

    static Stream<Arguments> entries() {
        return Stream.of(
                Arguments.of("null", "item", ": found null" + NEITHER),
                Arguments.of("true", "item", ": found true" + NEITHER),
                Arguments.of("-1.50e+3", "item", ": found -1.50e+3" + NEITHER),
                Arguments.of("[ \"https://example.com/\" ]", "item", ": found an array" + NEITHER),
                Arguments.of("{}", "url", ".url: found nothing" + URL),
                Arguments.of("{ \"tag\" : \"t\" }", "url", ".url: found nothing" + URL),
                Arguments.of("{\"url\":null}", "url", ".url: found null, expected a string"),
                Arguments.of("{\"url\":[\"x\"]}", "url", ".url: found an array, expected a string"),
                Arguments.of("{\"url\":{\"a\":1}}", "url", ".url: found an object, expected a string"),
                Arguments.of("{\"url\":\"\"}", "url", ".url: found an empty string" + URL),
                Arguments.of("{\"url\":\" \\n\\t\"}", "url", ".url: found an empty string" + URL),
                Arguments.of("{\"url\":\"a\\u0000b\"}", "url", ".url: found \"a\\u0000b\"" + CLEAN),
                Arguments.of("{\"url\":\"a\\rb\"}", "url", ".url: found \"a\\u000db\"" + CLEAN),
                Arguments.of("{\"url\":\"a\\ud800\"}", "url", ".url: found \"a\\ud800\"" + CLEAN),
                Arguments.of(
                        "{\"url\":\"x\",\"urll\":1}",
                        "urll",
                        ".urll: found an unknown field, expected only url, method, headers, timeoutMs, maxBodyBytes,"
                                + " followRedirects, tag, earlier"),
                Arguments.of(
                        "{\"url\":\"x\",\"batchId\":\"b\"}",
                        "batchId",
                        ".batchId: found an unknown field, expected only url, method, headers, timeoutMs, maxBodyBytes,"
                                + " followRedirects, tag, earlier"),
                Arguments.of(
                        "{\"url\":\"x\",\"url\":\"x\"}",
                        "url",
                        ".url: found a duplicate field, expected each field once"),
                Arguments.of(
                        "{\"url\":\"x\",\"tag\":\"a\",\"tag\":\"b\"}",
                        "tag",
                        ".tag: found a duplicate field, expected each field once"),
                Arguments.of(option("method", "\"get\""), "method", ".method: found \"get\"" + METHOD),
                Arguments.of(option("method", "\"POST\""), "method", ".method: found \"POST\"" + METHOD),
                Arguments.of(option("method", "null"), "method", ".method: found null" + METHOD),
                Arguments.of(option("timeoutMs", "\"5s\""), "timeoutMs", ".timeoutMs: found \"5s\"" + TIMEOUT),
                Arguments.of(option("timeoutMs", "0"), "timeoutMs", ".timeoutMs: found 0" + TIMEOUT),
                Arguments.of(option("timeoutMs", "900001"), "timeoutMs", ".timeoutMs: found 900001" + TIMEOUT),
                Arguments.of(option("timeoutMs", "1.0"), "timeoutMs", ".timeoutMs: found 1.0" + TIMEOUT),
                Arguments.of(option("timeoutMs", "1e3"), "timeoutMs", ".timeoutMs: found 1e3" + TIMEOUT),
                Arguments.of(option("timeoutMs", "null"), "timeoutMs", ".timeoutMs: found null" + TIMEOUT),
                Arguments.of(
                        option("timeoutMs", "9".repeat(100)),
                        "timeoutMs",
                        ".timeoutMs: found " + "9".repeat(80) + "…" + TIMEOUT),
                Arguments.of(option("maxBodyBytes", "-1"), "maxBodyBytes", ".maxBodyBytes: found -1" + BODY),
                Arguments.of(
                        option("maxBodyBytes", "1073741825"), "maxBodyBytes", ".maxBodyBytes: found 1073741825" + BODY),
                Arguments.of(
                        option("maxBodyBytes", "4294967296"), "maxBodyBytes", ".maxBodyBytes: found 4294967296" + BODY),
                Arguments.of(option("maxBodyBytes", "true"), "maxBodyBytes", ".maxBodyBytes: found true" + BODY),
                Arguments.of(
                        option("followRedirects", "\"true\""),
                        "followRedirects",
                        ".followRedirects: found \"true\", expected true or false"),
                Arguments.of(
                        option("followRedirects", "null"),
                        "followRedirects",
                        ".followRedirects: found null, expected true or false"),
                Arguments.of(
                        option("followRedirects", "1"),
                        "followRedirects",
                        ".followRedirects: found 1, expected true or false"),
                Arguments.of(option("tag", "\"\""), "tag", ".tag: found \"\"" + TAG),
                Arguments.of(option("tag", "5"), "tag", ".tag: found 5" + TAG),
                Arguments.of(option("tag", "null"), "tag", ".tag: found null" + TAG),
                Arguments.of(
                        option("tag", "\"a\\nb\""),
                        "tag",
                        ".tag: found \"a\\u000ab\"" + TAG + " and without lone surrogates"),
                Arguments.of(
                        option("tag", "\"\\udc00\""),
                        "tag",
                        ".tag: found \"\\udc00\"" + TAG + " and without lone surrogates"),
                Arguments.of(
                        option("tag", "\"" + "a".repeat(257) + "\""),
                        "tag",
                        ".tag: found a string of 257 UTF-8 bytes" + TAG),
                Arguments.of(
                        option("tag", "\"" + "€".repeat(86) + "\""),
                        "tag",
                        ".tag: found a string of 258 UTF-8 bytes" + TAG));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void says_what_is_wrong(String entry, String field, String reason) {
        assertThat(items("{\"urls\":[\"x\"," + entry + ",\"y\"]}"))
                .containsExactly(FetchItem.get("x"), InvalidItem.of(entry, "urls[1]" + reason), FetchItem.get("y"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"x\",\"timeoutMs\":1}",
                "{\"url\":\"x\",\"timeoutMs\":900000}",
                "{\"url\":\"x\",\"maxBodyBytes\":0}",
                "{\"url\":\"x\",\"maxBodyBytes\":-0}",
                "{\"url\":\"x\",\"maxBodyBytes\":1073741824}",
                "{\"url\":\"x\",\"tag\":\"t\"}",
                "{\"url\":\"x\",\"tag\":\"\\\"\\\\ \u202e\"}"
            })
    void takes_the_edges(String entry) {
        assertThat(items(entry)).singleElement().isInstanceOf(FetchItem.class);
    }

    @Test
    void a_tag_may_have_256_bytes() {
        assertThat(items(option("tag", "\"" + "€".repeat(85) + "x\"")))
                .singleElement()
                .isInstanceOf(FetchItem.class);
    }

    @Test
    void a_url_may_have_8192_bytes() {
        String longest = "é".repeat(4_096);
        String tooLong = longest + "x";
        assertThat(items(" " + longest + " ")).containsExactly(FetchItem.get(longest));
        assertThat(items(tooLong)).containsExactly(InvalidItem.of(tooLong, "line 1: found 8193 UTF-8 bytes" + URL));
        assertThat(items("[\"" + tooLong + "\"]"))
                .containsExactly(InvalidItem.of(tooLong, "[0]: found 8193 UTF-8 bytes" + URL));
        String object = "{\"url\":\"" + tooLong + "\"}";
        assertThat(items(object)).containsExactly(InvalidItem.of(object, "url: found 8193 UTF-8 bytes" + URL));
    }

    @Test
    void names_the_place_as_each_form_has_it() {
        assertThat(items("# c\r\n\r\nx\u0001y"))
                .containsExactly(InvalidItem.of("x\\u0001y", "line 3: found \"x\\u0001y\"" + CLEAN));
        assertThat(items("one\rline"))
                .containsExactly(InvalidItem.of("one\\u000dline", "line 1: found \"one\\u000dline\"" + CLEAN));
        assertThat(items("\"\"")).containsExactly(InvalidItem.of("", "url: found an empty string" + URL));
        assertThat(items("{\"url\":\"x\",\"timeoutMs\":0}"))
                .containsExactly(InvalidItem.of("{\"url\":\"x\",\"timeoutMs\":0}", "timeoutMs: found 0" + TIMEOUT));
        assertThat(items("[{\"url\":\"x\",\"timeoutMs\":0}]"))
                .containsExactly(InvalidItem.of("{\"url\":\"x\",\"timeoutMs\":0}", "[0].timeoutMs: found 0" + TIMEOUT));
    }

    @Test
    void keeps_the_exact_source_of_what_is_no_string() {
        String entry = "{ \"url\" :\n\t5 , \"tag\" : \"\\u00e9\\\"}\" }";
        assertThat(items("[ \"x\" , " + entry + " ]").getLast())
                .isEqualTo(InvalidItem.of(entry, "[1].url: found 5, expected a string"));
    }

    @Test
    void source_is_exact_far_into_a_large_body() {
        String padding = IntStream.range(0, 9_000)
                .mapToObj(i -> "\"https://example.com/" + i + "/é\\u00e9\\n\"")
                .collect(Collectors.joining(", "));
        for (String entry : List.of("{\"url\": 1.5}", "[ [] ]", "-12", "false", "{\"url\":\"\",\"tag\":\"é\"}")) {
            InvalidItem last =
                    (InvalidItem) items("[" + padding + ",\n" + entry + "\n]").getLast();
            assertThat(last.sha256()).isEqualTo(Sha256.hex(entry));
        }
    }

    @Test
    void different_texts_stay_different_and_valid_UTF_8() {
        List<String> bodies = List.of(
                "\"\\u0000\"",
                "\"\\u0001\"",
                "\"\\\\u0000\\u0001\"",
                "\"\\ud800\"",
                "\"\\ud801\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"?\\u007f\"",
                "\"\\u0080\"",
                "\"\\\\\\u0000\"",
                "\"\\\\\\\\u0000\\u0002\"");
        List<String> rawTexts = bodies.stream()
                .map(body -> ((InvalidItem) items(body).getFirst()).text())
                .toList();
        assertThat(rawTexts).doesNotHaveDuplicates().allSatisfy(text -> {
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
            assertThat(text).doesNotContainPattern("\\p{Cntrl}");
        });
        assertThat(rawTexts).startsWith("\\u0000", "\\u0001", "\\\\u0000\\u0001", "\\ud800");
    }

    @Test
    void a_raw_lone_surrogate_in_source_becomes_its_JSON_escape() {
        assertThat(items("[{\"url\":5,\"tag\":\"\ud800\"}]"))
                .containsExactly(
                        InvalidItem.of("{\"url\":5,\"tag\":\"\\ud800\"}", "[0].url: found 5, expected a string"));
    }

    @Test
    void shows_80_characters_and_nothing_that_acts_on_a_terminal() {
        String found = "a".repeat(79) + "\\ud83d\\ude00";
        InvalidItem cut =
                (InvalidItem) items(option("method", "\"" + found + "\"")).getFirst();
        assertThat(cut.reason()).isEqualTo("method: found \"" + "a".repeat(79) + "…\"" + METHOD);
        InvalidItem acting = (InvalidItem)
                items(option("method", "\"\u202e\\u001b[1m\\u2028\"")).getFirst();
        assertThat(acting.reason()).isEqualTo("method: found \"\\u202e\\u001b[1m\\u2028\"" + METHOD);
    }

    @Test
    void a_hostile_field_name_is_shown_escaped_and_cut() {
        InvalidItem item = (InvalidItem)
                items("{\"url\":\"x\",\"" + "\\n".repeat(100) + "\":1}").getFirst();
        assertThat(item.reason()).startsWith("\\u000a").doesNotContain("\n").hasSizeLessThan(500);
    }

    @Test
    void no_reason_shows_user_information() {
        String url = "https://user:hunter2@example.com/";
        assertThat(reasons("[\"" + url + "\\u0001\"]"))
                .containsExactly("[0]: found \"https://***@example.com/\\u0001\", expected a URL without control"
                        + " characters and lone surrogates");
        assertThat(reasons("[{\"url\":\"x\",\"" + url + "\":1}, {\"url\":\"x\",\"method\":\"" + url + "\"}]"))
                .noneMatch(reason -> reason.contains("hunter2"))
                .hasSize(2);
        assertThat(reasons("[\"https://" + "u".repeat(90) + ":hunter2@example.com/\\u0001\"]"))
                .noneMatch(reason -> reason.contains("uuu"))
                .hasSize(1);
        assertThat(BatchReader.read("{\"urls\":\"" + url + "\"}", "message-1"))
                .isEqualTo(new Unreadable("urls: found \"https://***@example.com/\", expected an array of items"));
    }

    private static List<String> reasons(String body) {
        return items(body).stream().map(item -> ((InvalidItem) item).reason()).toList();
    }

    static List<BatchItem> items(String body) {
        return ((FetchBatch) BatchReader.read(body, "message-1")).items();
    }

    private static String option(String name, String json) {
        return "{\"url\":\"x\",\"" + name + "\":" + json + "}";
    }
}
