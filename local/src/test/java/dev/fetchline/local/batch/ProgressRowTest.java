package dev.fetchline.local.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.ProgressRow.HostTime;
import dev.fetchline.progress.KeySum;
import dev.fetchline.progress.ProgressTally;
import dev.fetchline.progress.ProgressTally.Fetched;
import dev.fetchline.record.RecordKey;
import dev.fetchline.record.RecordStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rows as the function itself writes them.
class ProgressRowTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final ProgressTally tally = new ProgressTally();

    @Test
    void parts_are_read_with_their_keys_and_counts() {
        add("b/00", "https://one.example/1", RecordStatus.OK);
        add("b/00", "https://one.example/2", RecordStatus.REFUSED);
        add("b/01", "https://two.example/", RecordStatus.HTTP_ERROR);
        tally.addDeferred("b/01", NOW.plusSeconds(60));

        ProgressRow row = row();

        assertThat(row.entry()).isEqualTo("at#1767323045678#id");
        assertThat(row.at()).isEqualTo(NOW);
        assertThat(row.counts()).isEqualTo(Map.of("OK", 1L, "REFUSED", 1L, "HTTP_ERROR", 1L));
        assertThat(row.finals())
                .isEqualTo(Map.of(
                        "00", KeySum.of("https://one.example/1").plus("https://one.example/2"),
                        "01", KeySum.of("https://two.example/")));
        assertThat(row.countsByPart())
                .isEqualTo(Map.of("00", Map.of("OK", 1L, "REFUSED", 1L), "01", Map.of("HTTP_ERROR", 1L)));
        assertThat(row.deferred()).isEqualTo(1);
        assertThat(row.nextAttemptAt()).contains(NOW.plusSeconds(60));
        assertThat(row.hosts()).containsEntry("a.example", new HostTime(3, Duration.ofMillis(600)));
        assertThat(row.bytes()).isEqualTo(30);
        assertThat(row.retries()).isEqualTo(3);
    }

    @Test
    void one_part_alone_has_the_counts_of_the_row() {
        add("b", "https://one.example/1", RecordStatus.FAILED);
        assertThat(row().countsByPart()).isEqualTo(Map.of("-", Map.of("FAILED", 1L)));
    }

    private void add(String batchId, String url, RecordStatus status) {
        tally.addFinal(new RecordKey(batchId, url), status, new Fetched("a.example", 200, 10, 1));
    }

    private ProgressRow row() {
        return ProgressRow.of(tally.rows().getFirst().item(NOW, "id"));
    }
}
