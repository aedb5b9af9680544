package dev.fetchline.defer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.BatchReader;
import dev.fetchline.intake.Deferral;
import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import dev.fetchline.intake.RequestMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which items travel together, and when.
final class PackerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NOW_MS = NOW.toEpochMilli();

    private static Deferrable item(String url, long notBefore) {
        return item("b", url, notBefore, null);
    }

    private static Deferrable item(String batchId, String url, long notBefore, String messageGroupId) {
        Progress progress = new Progress(1, 0, 0, 7, notBefore, null);
        return new Deferrable(
                new DeferredItem(batchId, new Origin("m", 1), FetchItem.get(url), progress), messageGroupId);
    }

    private static List<PackedMessage> pack(List<Deferrable> items) {
        return Packer.pack(items, NOW);
    }

    private static List<String> urls(PackedMessage message) {
        return message.items().stream()
                .map(item -> ((FetchItem) item.entry()).url())
                .toList();
    }

    @Test
    void limits_fit_together() {
        assertThat(4 * Packer.BODY_BYTES_MAX).isLessThanOrEqualTo(Outgoing.CALL_BYTES_MAX);
        assertThat(Outgoing.CALL_ENTRIES_MAX).isEqualTo(10);
        assertThat(Packer.DELAY_MAX.toSeconds()).isEqualTo(900);
        assertThat(Packer.SPREAD_MAX).isLessThan(Packer.DELAY_MAX);
    }

    @Test
    void nothing_makes_no_message() {
        assertThat(pack(List.of())).isEmpty();
    }

    /// So that no item ever is too large for a message.
    @Test
    void the_largest_items_fit_several_times() {
        String name = "\"".repeat(256);
        LastTry last = new LastTry(999, "\uFFFF".repeat(64), "\uFFFF".repeat(1_024));
        Progress progress =
                new Progress(1_000_000, 1_000_000, 1_000_000, 253_402_300_799_999L, 253_402_300_799_999L, last);
        FetchItem fetch = new FetchItem(
                "\"".repeat(8_192),
                RequestMethod.HEAD,
                Map.of("a", "\\".repeat(8_191)),
                900_000,
                1_073_741_824,
                false,
                name);
        InvalidItem invalid = new InvalidItem("f".repeat(64), "\uFFFE".repeat(4_096), "\uFFFE".repeat(1_024));
        for (BatchItem entry : List.of(fetch, invalid)) {
            DeferredItem item = new DeferredItem(name, new Origin(name, 253_402_300_799_999L), entry, progress);
            PackedMessage message =
                    pack(Collections.nCopies(4, new Deferrable(item, null))).getFirst();
            assertThat(message.items()).hasSize(4);
            assertThat(BatchReader.read(message.body(), "another"))
                    .isEqualTo(new Deferral(Collections.nCopies(4, item)));
        }
    }

    @Test
    void a_message_has_as_many_items_as_the_reader_takes() {
        List<Deferrable> items =
                IntStream.range(0, 1_001).mapToObj(i -> item("u" + i, 0)).toList();
        assertThat(pack(items)).extracting(message -> message.items().size()).containsExactly(500, 500, 1);
        for (PackedMessage message : pack(items)) {
            assertThat(BatchReader.read(message.body(), "another")).isInstanceOf(Deferral.class);
        }
    }

    @Test
    void a_message_is_filled_to_the_last_byte_and_no_further() {
        List<Deferrable> items = new ArrayList<>(Collections.nCopies(31, item("é".repeat(4_000), 0)));
        items.add(item("other", "x".repeat(8_000), 0, null));
        int left = Packer.BODY_BYTES_MAX - pack(items).getFirst().bodyBytes();
        String last = "y".repeat(left - ",{\"item\":\"\"}".length());
        assertThat(last.length()).isBetween(1, 8_191);

        items.add(item(last, 0));
        assertThat(pack(items)).singleElement().satisfies(message -> {
            assertThat(message.bodyBytes()).isEqualTo(Packer.BODY_BYTES_MAX);
            assertThat(DeferralJsonTest.utf8(message.body())).isEqualTo(Packer.BODY_BYTES_MAX);
        });

        items.set(items.size() - 1, item(last + "y", 0));
        assertThat(pack(items)).extracting(message -> message.items().size()).containsExactly(32, 1);
    }

    @Test
    void what_is_too_large_for_any_message_travels_alone() {
        List<Deferrable> items = List.of(item("a", 0), item("x".repeat(Packer.BODY_BYTES_MAX), 0), item("b", 0));
        assertThat(pack(items)).extracting(message -> message.items().size()).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_item_is_in_one_message_and_every_size_is_exact(long seed) {
        Random random = new Random(seed);
        RandomItems drawn = new RandomItems(random);
        List<Deferrable> items = Stream.generate(
                        () -> new Deferrable(drawn.next(), random.nextBoolean() ? "g" + random.nextInt(2) : null))
                .limit(3_000)
                .toList();
        Instant now = Instant.ofEpochMilli(random.nextLong(253_402_300_799_999L));
        List<PackedMessage> messages = Packer.pack(items, now);
        List<Integer> positions = new ArrayList<>();
        for (PackedMessage message : messages) {
            assertThat(message.items()).hasSizeBetween(1, Deferral.ITEMS_MAX);
            assertThat(message.bodyBytes())
                    .isLessThanOrEqualTo(Packer.BODY_BYTES_MAX)
                    .isEqualTo(DeferralJsonTest.utf8(message.body()));
            for (int i = 0; i < message.items().size(); i++) {
                Deferrable its = items.get(message.positions().get(i));
                assertThat(message.items().get(i)).isSameAs(its.item());
                assertThat(message.messageGroupId()).isEqualTo(its.messageGroupId());
            }
            positions.addAll(message.positions());
        }
        assertThat(positions.stream().sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, items.size()).boxed().toList());
    }

    @Test
    void items_of_a_message_come_due_within_five_seconds() {
        List<PackedMessage> messages = pack(List.of(
                item("late", NOW_MS + 10_001),
                item("at once", 0),
                item("five", NOW_MS + 5_000),
                item("ten", NOW_MS + 10_000),
                item("past", NOW_MS - 86_400_000),
                item("just over five", NOW_MS + 5_001)));
        assertThat(messages)
                .extracting(PackerTest::urls)
                .containsExactly(List.of("at once", "past", "five"), List.of("just over five", "ten", "late"));
        assertThat(messages).extracting(PackedMessage::delaySeconds).containsExactly(5, 11);
    }

    @Test
    void items_due_together_keep_their_order() {
        assertThat(pack(List.of(item("c", 3), item("a", 1), item("b", 2), item("d", 0))))
                .singleElement()
                .satisfies(message -> assertThat(urls(message)).containsExactly("c", "a", "b", "d"));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,0",
        "0,0",
        "1,1",
        "999,1",
        "1000,1",
        "1001,2",
        "899001,900",
        "900000,900",
        "900001,900",
        "86400000,900"
    })
    void the_delay_is_that_of_the_latest_item_in_whole_seconds(long dueInMs, int delaySeconds) {
        assertThat(pack(List.of(item("x", NOW_MS + dueInMs))))
                .extracting(PackedMessage::delaySeconds)
                .containsExactly(delaySeconds);
    }

    @Test
    void the_most_distant_moment_is_only_the_longest_delay() {
        assertThat(pack(List.of(item("x", Long.MAX_VALUE))))
                .extracting(PackedMessage::delaySeconds)
                .containsExactly(900);
    }

    @Test
    void a_message_has_items_of_one_group() {
        List<PackedMessage> messages = pack(List.of(
                item("b", "1", 0, "blue"),
                item("b", "2", 0, null),
                item("b", "3", 0, "red"),
                item("b", "4", 0, "blue")));
        assertThat(messages).extracting(PackedMessage::messageGroupId).containsExactly("blue", null, "red");
        assertThat(messages)
                .extracting(PackerTest::urls)
                .containsExactly(List.of("1", "4"), List.of("2"), List.of("3"));
    }

    @Test
    void a_message_carries_items_of_several_batches() {
        assertThat(pack(List.of(item("one", "1", 0, null), item("two", "2", 0, null), item("one", "3", 0, null))))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.body()).containsOnlyOnce("\"one\"").containsOnlyOnce("\"two\""));
    }
}
