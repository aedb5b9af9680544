package dev.fetchline.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.Progress.LastTry;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every form of a deferral, read as what it means.
class DeferralFormsTest {
    static final Origin ORIGIN = new Origin("m", 1_700_000_000_000L);
    static final long FIRST_SEEN = 1_700_000_001_000L;
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final String LAST_MOMENT = "253402300799999";

    static Stream<Arguments> entries() {
        return Stream.of(
                Arguments.of("{\"item\":\"x\"}", item(FetchItem.get("x"), 0, 0, 0, null)),
                Arguments.of("{\"item\":{\"url\":\"x\"}}", item(FetchItem.get("x"), 0, 0, 0, null)),
                Arguments.of(
                        "{\"item\":\"x\",\"made\":2,\"granted\":1,\"notBefore\":7}",
                        item(FetchItem.get("x"), 2, 1, 7, null)),
                Arguments.of(
                        "{\"item\":\"x\",\"made\":0,\"granted\":0,\"notBefore\":0}",
                        item(FetchItem.get("x"), 0, 0, 0, null)),
                Arguments.of(
                        "{\"item\":\"x\",\"made\":1000000,\"granted\":1000000,\"notBefore\":" + LAST_MOMENT + "}",
                        item(FetchItem.get("x"), 1_000_000, 1_000_000, 253_402_300_799_999L, null)),
                Arguments.of(
                        "{\"item\":\"x\",\"made\":1,\"last\":{\"httpStatus\":503}}",
                        item(FetchItem.get("x"), 1, 0, 0, new LastTry(503, null, null))),
                Arguments.of(
                        "{\"item\":\"x\",\"made\":1,\"last\":{\"kind\":\"DNS\",\"detail\":\"no such name \\ud83d\\ude00\"}}",
                        item(FetchItem.get("x"), 1, 0, 0, new LastTry(null, "DNS", "no such name \ud83d\ude00"))),
                Arguments.of(
                        "{\"item\":\"x\",\"last\":{\"httpStatus\":999,\"kind\":\"" + "k".repeat(64) + "\",\"detail\":\""
                                + "d".repeat(1_024) + "\"}}",
                        item(FetchItem.get("x"), 0, 0, 0, new LastTry(999, "k".repeat(64), "d".repeat(1_024)))),
                Arguments.of("{\"item\":\"x\",\"last\":{}}", item(FetchItem.get("x"), 0, 0, 0, lastOfNothing())),
                Arguments.of(
                        "{\"item\":{\"url\":\"x\",\"method\":\"HEAD\",\"headers\":{\"A\":\"b\",\"C\":\"\"},\"timeoutMs\":1,"
                                + "\"maxBodyBytes\":0,\"followRedirects\":false,\"tag\":\"t\"},\"made\":3}",
                        item(
                                new FetchItem("x", RequestMethod.HEAD, Map.of("A", "b", "C", ""), 1, 0, false, "t"),
                                3,
                                0,
                                0,
                                null)),
                Arguments.of(
                        "{\"invalid\":{\"sha256\":\"" + SHA256 + "\",\"text\":\"\",\"reason\":\"r\"}}",
                        item(new InvalidItem(SHA256, "", "r"), 0, 0, 0, null)),
                Arguments.of(
                        "{\"invalid\":{\"sha256\":\"" + SHA256 + "\",\"text\":\"" + "t".repeat(4_096)
                                + "\",\"reason\":\"" + "r".repeat(1_024) + "\"},\"notBefore\":9}",
                        item(new InvalidItem(SHA256, "t".repeat(4_096), "r".repeat(1_024)), 0, 0, 9, null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void reads_an_entry(String entry, DeferredItem expected) {
        assertThat(items(part(entry))).containsExactly(expected);
    }

    @Test
    void reads_several_parts_in_the_order_written() {
        String other = "{\"batchId\":\"" + "é".repeat(128) + "\",\"messageId\":\"" + "n".repeat(256)
                + "\",\"requestedAt\":0,\"firstSeenAt\":" + LAST_MOMENT
                + ",\"hop\":1000000,\"items\":[{\"item\":\"z\"}]}";
        assertThat(items(part("{\"item\":\"x\"},{\"item\":\"y\"}") + "," + other))
                .containsExactly(
                        item(FetchItem.get("x"), 0, 0, 0, null),
                        item(FetchItem.get("y"), 0, 0, 0, null),
                        new DeferredItem(
                                "é".repeat(128),
                                new Origin("n".repeat(256), 0),
                                FetchItem.get("z"),
                                new Progress(1_000_000, 0, 0, 253_402_300_799_999L, 0, null)));
    }

    @Test
    void a_deferral_of_nothing_is_valid() {
        assertThat(items("")).isEmpty();
        assertThat(items(part(""))).isEmpty();
    }

    @Test
    void takes_500_items_in_all_parts_together() {
        String half = part(String.join(",", Collections.nCopies(250, "{\"item\":\"x\"}")));
        assertThat(items(half + "," + half)).hasSize(500);
    }

    /// The next release may say more in the same version.
    @Test
    void fields_of_other_names_are_ignored() {
        String body =
                "{\"new\":{\"a\":[1]},\"new\":2,\"v\":1,\"parts\":[{\"batchId\":\"b\",\"messageId\":\"m\",\"n\":null,"
                        + "\"requestedAt\":1700000000000,\"firstSeenAt\":1700000001000,\"hop\":1,\"items\":["
                        + "{\"item\":\"x\",\"new\":[],\"last\":{\"new\":true,\"kind\":\"DNS\"}},"
                        + "{\"invalid\":{\"sha256\":\"" + SHA256
                        + "\",\"text\":\"t\",\"reason\":\"r\",\"new\":\"n\"},\"url\":5}]}]}";
        assertThat(read(body))
                .isEqualTo(new Deferral(List.of(
                        item(FetchItem.get("x"), 0, 0, 0, new LastTry(null, "DNS", null)),
                        item(new InvalidItem(SHA256, "t", "r"), 0, 0, 0, null))));
    }

    /// Whatever stands under `item` is a sender's own entry, and its fault its own.
    @Test
    void a_fault_of_an_item_leaves_its_siblings_alone() {
        String secret = "{\"url\":\"x\",\"headers\":{\"Authorization\":\"Bearer s3cret\\u0000\"}}";
        assertThat(items(part("{\"item\":\"x\"},{\"item\":7,\"made\":2},{\"item\":{\"url\":\"x\",\"new\":1}},{\"item\":"
                        + secret + "},{\"item\":\"y\"}")))
                .containsExactly(
                        item(FetchItem.get("x"), 0, 0, 0, null),
                        item(
                                InvalidItem.of(
                                        "7",
                                        "parts[0].items[1].item: found 7, expected a URL string or an object with \"url\""),
                                2,
                                0,
                                0,
                                null),
                        item(
                                InvalidItem.of(
                                        "{\"url\":\"x\",\"new\":1}",
                                        "parts[0].items[2].item.new: found an unknown field, expected only url, method,"
                                                + " headers, timeoutMs, maxBodyBytes, followRedirects, tag, earlier"),
                                0,
                                0,
                                0,
                                null),
                        item(
                                InvalidItem.of(
                                        secret,
                                        "parts[0].items[3].item.headers: found a character that is not allowed in the"
                                                + " value of \"Authorization\", expected printable ASCII, spaces and tabs"),
                                0,
                                0,
                                0,
                                null),
                        item(FetchItem.get("y"), 0, 0, 0, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":2}",
                "{\"v\":2,\"v\":1}",
                "{\"parts\":5,\"batchId\":[],\"parts\":6,\"v\":2}",
                "{\"v\":2,\"url\":\"x\",\"urls\":7,\"Type\":\"Notification\"}"
            })
    void an_unknown_version_is_told_from_what_cannot_be_read(String body) {
        assertThat(read(body))
                .isEqualTo(
                        new UnknownVersion("v: found 2, expected 1, the version of deferrals that this release reads"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-0", "10", "99999999999999999999"})
    void any_other_integer_is_an_unknown_version(String version) {
        assertThat(read("{\"v\":" + version + "}"))
                .isEqualTo(new UnknownVersion(
                        "v: found " + version + ", expected 1, the version of deferrals that this release reads"));
    }

    /// What a release cannot say in a deferral, it must not put on the queue.
    @Test
    void what_an_item_has_behind_it_is_cut_to_what_a_deferral_can_carry() {
        assertThat(new Progress(-1, Integer.MAX_VALUE, Integer.MAX_VALUE, -1, Long.MAX_VALUE, null))
                .isEqualTo(new Progress(0, 1_000_000, 1_000_000, 0, 253_402_300_799_999L, null));
        assertThat(new Progress(0, 2, 3, 0, 0, null).waitsGranted()).isEqualTo(2);
        assertThat(new Origin("m", -5).requestedAt()).isZero();
        assertThat(new LastTry(99, "k".repeat(65), "a\n\ud800b\u0085").httpStatus())
                .isNull();
        assertThat(new LastTry(1_000, "k".repeat(65), "a\n\ud800b\u0085"))
                .isEqualTo(new LastTry(null, "k".repeat(64), "a \uFFFDb "));
        assertThat(new LastTry(null, null, "d".repeat(1_023) + "\ud83d\ude00").detail())
                .isEqualTo("d".repeat(1_023));
        assertThat(new LastTry(null, null, "C:\\a \ud83d\ude00").detail()).isEqualTo("C:\\a \ud83d\ude00");
    }

    private static LastTry lastOfNothing() {
        return new LastTry(null, null, null);
    }

    private static DeferredItem item(BatchItem entry, int made, int granted, long notBefore, LastTry last) {
        return new DeferredItem("b", ORIGIN, entry, new Progress(1, made, granted, FIRST_SEEN, notBefore, last));
    }

    private static List<DeferredItem> items(String parts) {
        return ((Deferral) read("{\"v\":1,\"parts\":[" + parts + "]}")).items();
    }

    private static Intake read(String body) {
        return BatchReader.read(body, "message-1");
    }

    static String part(String entries) {
        return "{\"batchId\":\"b\",\"messageId\":\"m\",\"requestedAt\":1700000000000,\"firstSeenAt\":1700000001000,\"hop\":1,"
                + "\"items\":[" + entries + "]}";
    }
}
