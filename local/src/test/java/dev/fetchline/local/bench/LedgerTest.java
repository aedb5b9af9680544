package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A run is whole, or the ledger says in a sentence what it lacks.
class LedgerTest {
    private final Work work = Works.named("cold", true);
    private final Ledger ledger = new Ledger(new Pages(work.bodyBytes(), true), work.urls());

    @BeforeEach
    void all_but_the_last() {
        for (int number = 0; number < work.urls() - 1; number++) {
            ledger.served(number);
            ledger.recorded(TestRows.of(work, number), number);
        }
    }

    private int last() {
        return work.urls() - 1;
    }

    @Test
    void nothing_is_said_of_a_whole_run() {
        ledger.served(last());
        ledger.recorded(TestRows.of(work, last()), 1);
        assertThat(ledger.faults()).isEmpty();
        assertThat(ledger.recorded()).isEqualTo(work.urls());
        assertThat(ledger.recordBytes()).isEqualTo(900);
        assertThat(ledger.repeated()).isZero();
    }

    @Test
    void what_is_missing_is_counted() {
        assertThat(ledger.faults()).containsExactly("1 of 50 URLs were not fetched", "1 of 50 records are missing");
    }

    @Test
    void a_record_with_the_hash_of_another_page_is_none() {
        ledger.served(last());
        Ledger.Row other = TestRows.of(work, last() - 1);
        ledger.recorded(
                new Ledger.Row(last(), Work.batchId(last()), "OK", "200", other.sha256(), other.bodyBytes(), 900), 1);
        assertThat(ledger.faults())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("the record of URL 49 has the hash of another body: ");
    }

    @Test
    void status_length_batch_and_number_must_be_right_too() {
        Ledger.Row right = TestRows.of(work, last());
        record(right.batchId(), "FAILED", right.bodyBytes());
        record("bench-0", "OK", right.bodyBytes());
        record(right.batchId(), "OK", "999");
        assertThat(ledger.faults())
                .contains(
                        "the record of URL 49 has status FAILED and httpStatus 200",
                        "the record of URL 49 has the batchId bench-0",
                        "the record of URL 49 has the length 999");
    }

    private void record(String batchId, String status, String bodyBytes) {
        String hash = TestRows.of(work, last()).sha256();
        ledger.recorded(new Ledger.Row(last(), batchId, status, "200", hash, bodyBytes, 900), 1);
    }

    @Test
    void what_no_event_names_is_a_fault() {
        ledger.served(50);
        assertThat(ledger.faults()).contains("a page was asked for that no event names: 50");
    }

    @Test
    void what_comes_twice_is_counted_and_no_fault() {
        ledger.served(last());
        ledger.served(last());
        ledger.recorded(TestRows.of(work, last()), 1);
        ledger.recorded(TestRows.of(work, last()), 2);
        assertThat(ledger.faults()).isEmpty();
        assertThat(ledger.repeated()).isEqualTo(2);
        assertThat(ledger.recordedAt(last())).isEqualTo(1);
    }
}
