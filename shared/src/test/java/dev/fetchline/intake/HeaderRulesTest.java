package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What headers a message may set, and that no fault tells their values.
class HeaderRulesTest {
    private static final String NAMES = ", expected names of letters, digits and !#$%&'*+-.^_`|~ only";

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("\"Bearer secret\"", "a string, expected an object of header names and string values"),
                Arguments.of("null", "null, expected an object of header names and string values"),
                Arguments.of("[\"secret\"]", "an array, expected an object of header names and string values"),
                Arguments.of("{\"\":\"secret\"}", "the name \"\"" + NAMES),
                Arguments.of("{\"a b\":\"secret\"}", "the name \"a b\"" + NAMES),
                Arguments.of("{\"a:\":\"secret\"}", "the name \"a:\"" + NAMES),
                Arguments.of("{\"a\\r\\nb\":\"secret\"}", "the name \"a\\u000d\\u000ab\"" + NAMES),
                Arguments.of("{\"é\":\"secret\"}", "the name \"é\"" + NAMES),
                Arguments.of(
                        "{\"A\":\"1\",\"A\":\"secret\"}",
                        "the name \"A\" twice, expected each name once, in whatever case"),
                Arguments.of(
                        "{\"A\":\"1\",\"a\":\"secret\"}",
                        "the name \"a\" twice, expected each name once, in whatever case"),
                Arguments.of("{\"A\":5}", "a number as the value of \"A\", expected a string"),
                Arguments.of("{\"A\":null}", "null as the value of \"A\", expected a string"),
                Arguments.of("{\"A\":[\"secret\"]}", "an array as the value of \"A\", expected a string"),
                Arguments.of("{\"A\":\"secret\\r\\nB: c\"}", value("A")),
                Arguments.of("{\"A\":\"secret\\u0000\"}", value("A")),
                Arguments.of("{\"A\":\"secret\\u007f\"}", value("A")),
                Arguments.of("{\"A\":\"secreté\"}", value("A")),
                Arguments.of("{\"A\":\"secret\\ud800\"}", value("A")),
                Arguments.of(headers(33, 1), "33 headers, defaults included, expected at most 32"),
                Arguments.of(
                        headers(2, 4_095), "8194 bytes of names and values, defaults included, expected at most 8192"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void says_what_is_wrong_without_the_value(String headers, String found) {
        String reason = "headers: found " + found;
        String item = "{\"url\":\"x\",\"headers\":" + headers + "}";
        assertThat(InvalidItemsTest.items(item)).containsExactly(InvalidItem.of(item, reason));
        assertThat(BatchReader.read("{\"urls\":[],\"defaults\":{\"headers\":" + headers + "}}", "message-1"))
                .isEqualTo(new Unreadable("defaults." + reason));
        assertThat(reason).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "Content-Length",
                "Connection",
                "Expect",
                "Keep-Alive",
                "Proxy-Authenticate",
                "Proxy-Authorization",
                "Proxy-Connection",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade"
            })
    void refuses_what_belongs_to_the_connection(String name) {
        InvalidItem item =
                (InvalidItem) InvalidItemsTest.items("{\"url\":\"x\",\"headers\":{\"" + name + "\":\"secret\"}}")
                        .getFirst();
        assertThat(item.reason())
                .isEqualTo(
                        "headers: found the name \"" + name + "\", expected none of host, content-length, connection,"
                                + " expect, keep-alive, proxy-authenticate, proxy-authorization, proxy-connection, te, trailer,"
                                + " transfer-encoding, upgrade");
    }

    @Test
    void takes_32_headers_of_8192_bytes() {
        assertThat(readsAsFetchItem(headers(32, 254))).isTrue();
        assertThat(readsAsFetchItem(headers(1, 8_190))).isTrue();
        assertThat(readsAsFetchItem(headers(1, 8_191))).isFalse();
        assertThat(readsAsFetchItem("{\"!#$%&'*+-.^_`|~09azAZ\":\"\\t !~\"}")).isTrue();
        assertThat(readsAsFetchItem("{\"Authorization\":\"Bearer x\",\"TE2\":\"\"}"))
                .isTrue();
    }

    @Test
    void the_limits_hold_for_defaults_and_item_together() {
        String defaults = headers(32, 254);
        assertThat(BatchReader.read(
                        "{\"defaults\":{\"headers\":" + defaults
                                + "},\"urls\":[\"x\",{\"url\":\"x\",\"headers\":{\"h1\":\"short\"}},"
                                + "{\"url\":\"x\",\"headers\":{\"New\":\"v\"}}]}",
                        "message-1"))
                .isInstanceOfSatisfying(FetchBatch.class, batch -> {
                    assertThat(batch.items()).hasSize(3);
                    assertThat(batch.items().subList(0, 2)).allMatch(item -> item instanceof FetchItem);
                    assertThat(batch.items().getLast())
                            .isEqualTo(InvalidItem.of(
                                    "{\"url\":\"x\",\"headers\":{\"New\":\"v\"}}",
                                    "urls[2].headers: found 33 headers, defaults included, expected at most 32"));
                });
    }

    private static boolean readsAsFetchItem(String headers) {
        return InvalidItemsTest.items("{\"url\":\"x\",\"headers\":" + headers + "}")
                        .getFirst()
                instanceof FetchItem;
    }

    private static String value(String name) {
        return "a character that is not allowed in the value of \"" + name
                + "\", expected printable ASCII, spaces and tabs";
    }

    /// Names of two characters, values of `valueBytes`.
    private static String headers(int count, int valueBytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"H" + "0123456789abcdefghijklmnopqrstuvwxyz".charAt(i) + "\":\""
                        + "v".repeat(valueBytes) + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}
