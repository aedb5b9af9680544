package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.Records;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunResultTest {
    private static final FetchRecord OK = Records.of("b", "http://a/", "OK");
    private static final FetchRecord FAILED = Records.of("b", "http://f/", "FAILED");
    private static final DeadLetter LETTER = new DeadLetter("m-1", "body: found nonsense.", "{");

    @Test
    void every_record_ok() {
        assertResult(result(List.of(OK), List.of(), List.of(), Optional.empty()), 0, "");
    }

    @Test
    void some_not_ok() {
        assertResult(result(List.of(OK, FAILED), List.of(), List.of(), Optional.empty()), 1, """
                fetchline: of 2 records 1 are not OK (1 FAILED).
                fetchline: the function's log is function.log.
                """);
    }

    @Test
    void something_on_the_dead_letter_queue() {
        assertResult(result(List.of(OK), List.of(LETTER), List.of(), Optional.empty()), 2, """
                fetchline: message m-1 is on the dead-letter queue: body: found nonsense.
                fetchline: the function's log is function.log.
                """);
    }

    @Test
    void function_that_cannot_go_on() {
        assertResult(
                result(List.of(), List.of(), List.of("http://user:secret@a/"), Optional.of("No such table.")), 2, """
                fetchline: the function cannot go on: No such table.
                fetchline: unfinished: http://***@a/
                fetchline: the function's log is function.log.
                """);
    }

    @Test
    void long_lists_are_cut() {
        TestStreams streams = TestStreams.pipes();
        result(List.of(), List.of(), Collections.nCopies(25, "http://a/"), Optional.empty())
                .explain(streams.streams());
        assertThat(streams.err())
                .contains("fetchline: and 15 more unfinished URLs.\n")
                .hasLineCount(12);
    }

    private static RunResult result(
            List<FetchRecord> records, List<DeadLetter> letters, List<String> unfinished, Optional<String> failure) {
        return new RunResult(records, letters, letters.size(), unfinished, failure, Path.of("function.log"));
    }

    private static void assertResult(RunResult result, int exitCode, String said) {
        TestStreams streams = TestStreams.pipes();
        result.explain(streams.streams());
        assertThat(streams.err()).isEqualTo(said);
        assertThat(streams.out()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(exitCode);
    }
}
