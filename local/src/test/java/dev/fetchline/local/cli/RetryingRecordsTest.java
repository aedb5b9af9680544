package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryingRecordsTest {
    private final RetryingRecords.Counter counter = new RetryingRecords.Counter();

    @Test
    void the_first_is_the_one_that_is_due_first() {
        counter.add(Records.retrying("http://a/", "2026-01-01T15:32:10.500Z"));
        counter.add(Records.retrying("http://b/", "2026-01-01T15:32:10Z"));
        counter.add(Records.retrying("http://c/", "2026-01-01T15:32:11Z"));
        RetryingRecords retrying = counter.counted();
        assertThat(retrying.count()).isEqualTo(3);
        assertThat(retrying.firstAt()).isEqualTo(Instant.parse("2026-01-01T15:32:10Z"));
        assertThat(retrying.first()).extracting(FetchRecord::url).isEqualTo("http://b/");
    }

    @Test
    void records_that_do_not_say_when_count_all_the_same() {
        counter.add(Records.retrying("http://a/", "soon"));
        counter.add(Records.of("b", "http://b/", "RETRYING"));
        assertThat(counter.counted()).isEqualTo(new RetryingRecords(2, null));
        assertThat(counter.counted().firstAt()).isNull();
    }
}
