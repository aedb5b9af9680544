package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.fetchline.intake.BatchItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.InvalidItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import dev.fetchline.pipeline.Settled.Ending;
import dev.fetchline.progress.KeySum;
import dev.fetchline.progress.ProgressRow;
import dev.fetchline.progress.ProgressRow.Counts;
import dev.fetchline.progress.ProgressRow.Host;
import dev.fetchline.record.RecordStatus;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What each way of an item's end adds to the row of its batch.
final class ProgressRowsTest {
    private static final String URL = "http://a.example/";
    private static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");

    private final List<Worked> worked = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();

    private static WorkItem item(String batchId, BatchItem entry) {
        WorkItem.Task task = WorkItem.Task.of(entry);
        return new WorkItem(
                task.keyIn(batchId),
                entry,
                task,
                new Origin("message-1", 0),
                Progress.none(0),
                false,
                false,
                null,
                Set.of("message-1"));
    }

    private void ended(String batchId, BatchItem entry, Ending ending) {
        Worked its = new Worked.Ended(item(batchId, entry), ending);
        worked.add(its);
        settled.add(its.settled(ending));
    }

    private void ended(Ending ending) {
        ended("b", FetchItem.get(URL), ending);
    }

    private void open(Instant notBefore, Ending ending) {
        Worked its = new Worked.Open(item("b", FetchItem.get(URL)), new Tries(1, 0), notBefore, null, "later");
        worked.add(its);
        settled.add(its.settled(ending));
    }

    private static Ending.Recorded recorded(RecordStatus status, int tries, int triesNow) {
        return new Ending.Recorded(status, Duration.ofMillis(250), tries, triesNow, 1_000, false);
    }

    private ProgressRow onlyRow() {
        assertThat(ProgressRows.of(worked, settled)).hasSize(1);
        return ProgressRows.of(worked, settled).getFirst();
    }

    private static ProgressRow row(Counts counts, KeySum finals, List<Host> hosts, long bytes, long retries) {
        return new ProgressRow(
                "b", counts, List.of(new ProgressRow.Part("-", finals, counts)), 0, null, hosts, bytes, retries);
    }

    @Test
    void a_record_of_what_was_fetched_now() {
        ended(recorded(RecordStatus.OK, 3, 2));
        assertThat(onlyRow())
                .isEqualTo(row(
                        new Counts(1, 0, 0, 0, 0), KeySum.of(URL), List.of(new Host("a.example", 1, 250)), 1_000, 2));
    }

    @Test
    void a_record_of_what_was_not_fetched_now_has_no_host() {
        ended(new Ending.Recorded(RecordStatus.FAILED, Duration.ZERO, 0, 0, 0, true));
        assertThat(onlyRow()).isEqualTo(row(new Counts(0, 0, 1, 0, 0), KeySum.of(URL), List.of(), 0, 0));
    }

    @Test
    void records_of_entries_that_are_no_items_count_by_their_keys() {
        InvalidItem entry = InvalidItem.ofText("no url", "why");
        ended("b", entry, new Ending.Recorded(RecordStatus.INVALID, Duration.ZERO, 0, 0, 0, false));
        assertThat(onlyRow())
                .isEqualTo(
                        row(new Counts(0, 0, 0, 0, 1), KeySum.of("invalid:sha256=" + entry.sha256()), List.of(), 0, 0));
    }

    @Test
    void what_somebody_else_recorded_is_not_counted_again() {
        ended(new Ending.RecordedBefore());
        ended(recorded(RecordStatus.OK, 1, 1).asStoodBefore());
        assertThat(ProgressRows.of(worked, settled)).isEmpty();
    }

    @Test
    void what_is_reported_back_is_not_counted() {
        ended(new Ending.Unfinished("the queue said no"));
        open(LATER, new Ending.Unfinished("the queue said no"));
        assertThat(ProgressRows.of(worked, settled)).isEmpty();
    }

    @Test
    void what_went_back_to_the_queue_says_when_it_comes_again() {
        open(LATER, new Ending.Deferred("later", true));
        open(null, new Ending.Deferred("its turn did not come", null));
        open(LATER.plusSeconds(1), new Ending.Deferred("later", true));
        assertThat(onlyRow()).isEqualTo(new ProgressRow("b", Counts.NONE, List.of(), 3, LATER, List.of(), 0, 0));
    }

    @Test
    void a_batch_that_only_its_message_names_has_no_row() {
        ended("message-1", FetchItem.get(URL), recorded(RecordStatus.OK, 1, 1));
        assertThat(ProgressRows.of(worked, settled)).isEmpty();
        ended("message-2", FetchItem.get(URL), recorded(RecordStatus.OK, 1, 1));
        assertThat(onlyRow().family()).isEqualTo("message-2");
    }

    @Test
    void every_part_of_a_family_is_in_its_one_row() {
        ended("b/00", FetchItem.get(URL), recorded(RecordStatus.OK, 1, 1));
        ended("b/01", FetchItem.get(URL), recorded(RecordStatus.HTTP_ERROR, 4, 1));
        ended("c", FetchItem.get(URL), recorded(RecordStatus.OK, 1, 1));
        assertThat(ProgressRows.of(worked, settled))
                .extracting(ProgressRow::family)
                .containsExactly("b", "c");
        ProgressRow row = ProgressRows.of(worked, settled).getFirst();
        assertThat(row.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0));
        assertThat(row.parts())
                .extracting(ProgressRow.Part::name, ProgressRow.Part::finals)
                .containsExactlyInAnyOrder(tuple("00", KeySum.of(URL)), tuple("01", KeySum.of(URL)));
        assertThat(row.hosts()).containsExactly(new Host("a.example", 2, 500));
    }
}
