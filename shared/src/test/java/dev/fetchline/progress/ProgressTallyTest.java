package dev.fetchline.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.progress.ProgressRow.Counts;
import dev.fetchline.progress.ProgressRow.Host;
import dev.fetchline.progress.ProgressTally.Fetched;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class ProgressTallyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.25Z");

    private final ProgressTally tally = new ProgressTally();

    private void add(String batchId, String url, RecordStatus status) {
        tally.addFinal(new RecordKey(batchId, url), status, Fetched.NOTHING);
    }

    private void addFetched(String url, String host, long tookMs) {
        tally.addFinal(new RecordKey("b", url), RecordStatus.OK, new Fetched(host, tookMs, 10, 1));
    }

    private ProgressRow onlyRow() {
        assertThat(tally.rows()).hasSize(1);
        return tally.rows().getFirst();
    }

    private static Map<String, AttributeValue> item(ProgressRow row) {
        return row.item(NOW, "request");
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    @Test
    void of_nothing_there_is_no_row() {
        assertThat(tally.rows()).isEmpty();
    }

    @Test
    void a_row_looks_like_this() {
        add("b", "http://a/1", RecordStatus.OK);
        add("b", "http://a/2", RecordStatus.HTTP_ERROR);
        tally.addFinal(new RecordKey("b", "http://a/3"), RecordStatus.FAILED, new Fetched("a", 1_500, 700, 3));
        tally.addDeferred("b", Instant.parse("2026-01-01T00:10:00Z"));
        assertThat(item(onlyRow()))
                .containsOnly(
                        Map.entry("batchId", s("b")),
                        Map.entry("entry", s("at#1767225600250#request")),
                        Map.entry(
                                "counts", AttributeValue.fromM(Map.of("OK", n(1), "HTTP_ERROR", n(1), "FAILED", n(1)))),
                        Map.entry(
                                "finals",
                                AttributeValue.fromM(Map.of(
                                        "-",
                                        s(KeySum.of("http://a/1")
                                                .plus("http://a/2")
                                                .plus("http://a/3")
                                                .toString())))),
                        Map.entry("deferred", n(1)),
                        Map.entry("nextAttemptAt", s("2026-01-01T00:10:00Z")),
                        Map.entry("hosts", AttributeValue.fromM(Map.of("a", s("1:1500")))),
                        Map.entry("bytes", n(700)),
                        Map.entry("retries", n(3)),
                        Map.entry("expiresAt", n(NOW.getEpochSecond() + 14 * 86_400)));
    }

    @Test
    void rows_stand_in_the_order_of_time() {
        add("b", "u", RecordStatus.OK);
        assertThat(onlyRow().item(Instant.ofEpochMilli(7), "r").get("entry").s())
                .isEqualTo("at#0000000000007#r");
        assertThat(onlyRow()
                        .item(Instant.ofEpochMilli(9_999_999_999_999L), "r")
                        .get("entry")
                        .s())
                .isEqualTo("at#9999999999999#r");
    }

    @Test
    void parts_of_a_family_share_a_row_with_a_sum_and_counts_each() {
        add("b/00", "http://a/1", RecordStatus.OK);
        add("b/01", "http://a/2", RecordStatus.OK);
        add("b/01", "invalid:sha256=0", RecordStatus.INVALID);
        add("b/01", "http://a/3", RecordStatus.REFUSED);
        ProgressRow row = onlyRow();
        assertThat(row.family()).isEqualTo("b");
        assertThat(row.counts()).isEqualTo(new Counts(2, 0, 0, 1, 1));
        assertThat(row.parts())
                .containsExactly(
                        new ProgressRow.Part(
                                "01",
                                KeySum.of("http://a/2").plus("invalid:sha256=0").plus("http://a/3"),
                                new Counts(1, 0, 0, 1, 1)),
                        new ProgressRow.Part("00", KeySum.of("http://a/1"), new Counts(1, 0, 0, 0, 0)));
        assertThat(item(row).get("finals").m()).containsOnlyKeys("00", "01");
        assertThat(item(row).get("countsByPart").m())
                .containsOnly(Map.entry("00", s("1:0:0:0:0")), Map.entry("01", s("1:0:0:1:1")));
    }

    @Test
    void an_item_that_went_back_to_the_queue_has_no_part_in_the_sums() {
        tally.addDeferred("b/00", null);
        tally.addDeferred("b/00", Instant.parse("2026-01-01T00:10:00Z"));
        tally.addDeferred("b/01", Instant.parse("2026-01-01T00:05:00Z"));
        tally.addDeferred("b/01", null);
        assertThat(onlyRow())
                .isEqualTo(new ProgressRow(
                        "b", Counts.NONE, List.of(), 4, Instant.parse("2026-01-01T00:05:00Z"), List.of(), 0, 0));
        assertThat(item(onlyRow()).get("finals").m()).isEmpty();
        assertThat(item(onlyRow())).doesNotContainKey("countsByPart");
    }

    @Test
    void one_whose_turn_did_not_come_waits_for_no_moment() {
        tally.addDeferred("b", null);
        assertThat(item(onlyRow())).doesNotContainKey("nextAttemptAt").containsEntry("deferred", n(1));
    }

    @Test
    void the_five_slowest_hosts_are_told() {
        for (int i = 1; i <= 7; i++) {
            addFetched("http://h" + i + "/1", "h" + i, 100 * i);
            addFetched("http://h" + i + "/2", "h" + i, 100 * i + 2);
        }
        // Many quick ones take longer than few slow ones, and are not slow.
        for (int i = 0; i < 100; i++) {
            addFetched("http://quick/" + i, "quick", 50);
        }
        ProgressRow row = onlyRow();
        assertThat(row.hosts())
                .containsExactly(
                        new Host("h7", 2, 1_402),
                        new Host("h6", 2, 1_202),
                        new Host("h5", 2, 1_002),
                        new Host("h4", 2, 802),
                        new Host("h3", 2, 602));
        assertThat(row.bodyBytes()).isEqualTo(1_140);
        assertThat(row.retries()).isEqualTo(114);
    }

    @Test
    void of_many_families_those_with_the_most_items_have_rows() {
        for (int family = 1; family <= 12; family++) {
            for (int i = 0; i < family; i++) {
                if (i % 2 == 0) {
                    add("f" + family, "u" + i, RecordStatus.OK);
                } else {
                    tally.addDeferred("f" + family, null);
                }
            }
        }
        assertThat(tally.rows())
                .extracting(ProgressRow::family)
                .containsExactly("f12", "f11", "f10", "f9", "f8", "f7", "f6", "f5");
    }

    /// Write units are billed by the KB, and a row has to fit beside others into one call.
    @Test
    void no_row_is_larger_than_8_KB() {
        String family = "f".repeat(250);
        for (int part = 0; part < 1_000; part++) {
            for (int i = 0; i < (part == 777 ? 2 : 1); i++) {
                add(family + "/%03d".formatted(part), "u" + i, RecordStatus.OK);
            }
        }
        for (int i = 0; i < 6; i++) {
            String host = i + "h".repeat(252);
            tally.addFinal(
                    new RecordKey(family + "/000", "http://" + host),
                    RecordStatus.OK,
                    new Fetched(host, 1_000_000_000, Long.MAX_VALUE / 10, 3));
        }
        tally.addDeferred(family, NOW);
        Map<String, AttributeValue> item = item(onlyRow());
        assertThat(bytes(item)).isBetween(6_000, 8_192);
        assertThat(item.get("finals").m()).hasSizeGreaterThan(100).containsKeys("000", "777");
        assertThat(item.get("counts").m()).containsEntry("OK", n(1_007));
    }

    @Test
    void a_part_with_an_endless_name_does_not_make_a_row_larger() {
        for (int i = 0; i < 100; i++) {
            add("f/" + "0".repeat(200) + (100 + i), "u", RecordStatus.OK);
        }
        assertThat(bytes(item(onlyRow()))).isLessThan(8_192);
        assertThat(onlyRow().counts().ok()).isEqualTo(100);
    }

    /// As DynamoDB counts an item: names and values in UTF-8, three bytes and one an element for a map.
    private static int bytes(Map<String, AttributeValue> map) {
        int bytes = 3;
        for (Map.Entry<String, AttributeValue> entry : map.entrySet()) {
            AttributeValue value = entry.getValue();
            bytes += entry.getKey().getBytes(StandardCharsets.UTF_8).length + 1;
            bytes += switch (value.type()) {
                case S -> value.s().getBytes(StandardCharsets.UTF_8).length;
                case N -> value.n().length();
                case M -> bytes(value.m());
                default -> throw new AssertionError(value);
            };
        }
        return bytes;
    }
}
