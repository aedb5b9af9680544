package dev.fetchline.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Earlier;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import dev.fetchline.intake.RequestMethod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written is what the reader takes, all of it.
final class DeferralJsonTest {
    private static final Origin ORIGIN = new Origin("m", 1_700_000_000_000L);

    /// As SendMessage's API reference has it.
    private static final String SENDABLE = "[\\t\\n\\r\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]*";

    @Test
    void a_body_looks_like_this() {
        FetchItem item =
                new FetchItem("https://example.com/é", RequestMethod.HEAD, Map.of("Accept", "a"), 5, 6, false, "t");
        DeferredItem first = new DeferredItem(
                "b",
                ORIGIN,
                item,
                new Progress(1, 2, 1, 1_700_000_001_000L, 1_700_000_300_000L, new LastTry(503, "K", "d")));
        DeferredItem other = new DeferredItem("c", ORIGIN, FetchItem.get("x"), Progress.none(0));
        DeferredItem invalid = new DeferredItem(
                "b",
                ORIGIN,
                new InvalidItem("0".repeat(64), "t", "r"),
                new Progress(1, 0, 0, 1_700_000_001_000L, 0, null));
        assertThat(DeferralJson.body(List.of(first, other, invalid))).isEqualTo("""
                {"v":1,"parts":[{"batchId":"b","messageId":"m","requestedAt":1700000000000,"firstSeenAt":1700000001000,"hop":1,\
                "headers":{"Accept":"a"},\
                "items":[{"item":{"url":"https://example.com/é","method":"HEAD","timeoutMs":5,\
                "maxBodyBytes":6,"followRedirects":false,"tag":"t"},"made":2,"granted":1,"notBefore":1700000300000,\
                "last":{"httpStatus":503,"kind":"K","detail":"d"}}]},\
                {"batchId":"c","messageId":"m","requestedAt":1700000000000,"firstSeenAt":0,"hop":0,"items":[{"item":"x"}]},\
                {"batchId":"b","messageId":"m","requestedAt":1700000000000,"firstSeenAt":1700000001000,"hop":1,\
                "items":[{"invalid":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000",\
                "text":"t","reason":"r"}}]}]}""");
    }

    /// Beside the item: a release from before would refuse an option that it does not know.
    @Test
    void what_came_of_an_item_before_stands_beside_it() {
        Earlier earlier = new Earlier(
                "HTTP_ERROR", 503, new Earlier.Failure("K", "d"), 4, Instant.parse("2026-01-01T00:00:00.5Z"), 2);
        DeferredItem item = new DeferredItem("b", ORIGIN, FetchItem.get("x").withEarlier(earlier), Progress.none(0));
        DeferredItem invalid = new DeferredItem(
                "b",
                ORIGIN,
                new InvalidItem("0".repeat(64), "t", "r").withEarlier(new Earlier("INVALID", null, null, 0, null, 1)),
                Progress.none(0));
        assertThat(DeferralJson.body(List.of(item, invalid))).endsWith("""
                "items":[{"item":"x","earlier":{"status":"HTTP_ERROR","httpStatus":503,\
                "error":{"kind":"K","detail":"d"},"attempts":4,"fetchedAt":"2026-01-01T00:00:00.500Z","times":2}},\
                {"invalid":{"sha256":"0000000000000000000000000000000000000000000000000000000000000000",\
                "text":"t","reason":"r"},"earlier":{"status":"INVALID","attempts":0,"times":1}}]}]}""");
    }

    @Test
    void the_headers_of_a_batch_are_written_once() {
        Map<String, String> headers = Map.of("X-Long", "x".repeat(8_000));
        List<DeferredItem> items = Stream.iterate(0, i -> i + 1)
                .limit(400)
                .map(i -> new DeferredItem(
                        "b", ORIGIN, FetchItem.get("https://example.com/" + i).withHeaders(headers), Progress.none(0)))
                .toList();
        String body = DeferralJson.body(items);
        assertThat(body).hasSizeLessThan(40_000);
        assertThat(BatchReader.read(body, "another")).isEqualTo(new Deferral(items));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_260_101})
    void what_is_written_is_read_back_equal(long seed) {
        Random random = new Random(seed);
        RandomItems items = new RandomItems(random);
        for (int i = 0; i < 300; i++) {
            List<DeferredItem> some =
                    Stream.generate(items::next).limit(random.nextInt(40)).toList();
            String body = DeferralJson.body(some);
            assertThat(BatchReader.read(body, "another"))
                    .as("seed %d, body: %s", seed, body)
                    .isEqualTo(new Deferral(byPart(some)));
            assertThat(body).as("seed %d", seed).matches(SENDABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void sizes_are_exact(long seed) {
        RandomItems items = new RandomItems(new Random(seed));
        for (int i = 0; i < 1_000; i++) {
            DeferredItem item = items.next();
            Part part = Part.of(item);
            int together = utf8(DeferralJson.body(List.of())) + DeferralJson.bytesOf(part) + DeferralJson.bytesOf(item);
            assertThat(together).isEqualTo(utf8(DeferralJson.body(List.of(item))));
        }
    }

    @Test
    void headers_keep_their_order() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("b", "1");
        headers.put("a", "2");
        DeferredItem item = new DeferredItem(
                "b", ORIGIN, new FetchItem("x", RequestMethod.GET, headers, null, null, null, null), Progress.none(0));
        Deferral read = (Deferral) BatchReader.read(DeferralJson.body(List.of(item)), "another");
        FetchItem entry = (FetchItem) read.items().getFirst().entry();
        assertThat(entry.headers().keySet()).containsExactly("b", "a");
    }

    /// Items of a part stand together, parts in the order in which they are named first.
    private static List<DeferredItem> byPart(List<DeferredItem> items) {
        Map<Part, List<DeferredItem>> parts = new LinkedHashMap<>();
        items.forEach(item ->
                parts.computeIfAbsent(Part.of(item), _ -> new ArrayList<>()).add(item));
        return parts.values().stream().flatMap(List::stream).toList();
    }

    static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
