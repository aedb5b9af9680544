package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.stack.QueueCounts;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void says_how_many_are_final_and_how_many_are_not() {
        try (Progress progress = Progress.start(TestStreams.pipes().streams(), 5)) {
            progress.seen(look(3, 0));
            assertThat(progress.sentence()).isEqualTo("3 records were final, 2 URLs were unfinished");
            progress.seen(look(4, 3));
            assertThat(progress.sentence())
                    .isEqualTo("1 records were final, 4 URLs were unfinished (3 of them RETRYING)");
        }
    }

    @Test
    void outside_of_a_terminal_there_are_only_sentences() {
        TestStreams streams = TestStreams.pipes();
        try (Progress progress = Progress.start(streams.streams(), 5)) {
            progress.seen(look(3, 0));
            progress.say("waiting.");
        }
        assertThat(streams.err()).isEqualTo("fetchline: waiting.\n");
    }

    @Test
    void on_a_terminal_a_sentence_has_a_line_of_its_own_and_the_bar_goes_on_below() {
        TestStreams streams = TestStreams.terminals(60);
        try (Progress progress = Progress.start(streams.streams(), 4)) {
            progress.seen(look(4, 1));
            progress.say("waiting.");
        }
        assertThat(streams.err()).contains("\r" + " ".repeat(59) + "\rfetchline: waiting.\n");
        String below = streams.err().substring(streams.err().indexOf("waiting.\n"));
        assertThat(below).contains("\rURLs  75%", "3/4").endsWith("\n");
    }

    @Test
    void after_the_end_of_the_bar_a_sentence_clears_nothing() {
        TestStreams streams = TestStreams.terminals(60);
        Progress progress = Progress.start(streams.streams(), 4);
        progress.close();
        progress.say("waiting.");
        assertThat(streams.err()).endsWith("\nfetchline: waiting.\n");
    }

    private static RunLook look(long records, long retrying) {
        return new RunLook(new QueueCounts(0, 0, 1), records, new RetryingRecords(retrying, null), true);
    }
}
