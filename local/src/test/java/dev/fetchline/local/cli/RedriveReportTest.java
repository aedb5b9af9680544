package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.redrive.Plans;
import org.junit.jupiter.api.Test;

class RedriveReportTest {
    private static final String QUEUE = "the dead-letter queue of the stack that up runs here";

    @Test
    void a_plan_says_why_messages_are_dead_what_is_sent_and_what_stays() {
        assertThat(new RedriveReport(false, 100).plan(QUEUE, Plans.ofDeadLetters()))
                .startsWith(
                        "13 messages on the dead-letter queue of the stack that up runs here:",
                        "        12  it was received as often as the queue allows and never finished",
                        "         1  body: found \\u001b[2J",
                        "",
                        "To be sent again: 78 URLs of 12 messages.",
                        "The first 10:",
                        "  message-1                                  1 URL   it was received as often as the queue allows"
                                + "...")
                .endsWith(
                        "",
                        "To stay where it is: 1 message.",
                        "         1  cannot be read as it is, so it would come back: mend what sends it, or use --raw",
                        "Held back:",
                        "  cannot be read as it is       message-13")
                .hasSize(6 + 10 + 5)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void a_plan_of_a_batch_counts_by_what_came_of_its_urls() {
        assertThat(new RedriveReport(true, 120).plan("batch nightly", Plans.ofBatch()))
                .containsExactly(
                        "2 records of batch nightly are meant:",
                        "         1  FAILED TIMEOUT",
                        "         1  HTTP_ERROR 503",
                        "",
                        "To be sent again: 1 URL.",
                        "  FAILED TIMEOUT            https://a.example/",
                        "Of these 1 URL is sent without the headers of the caller that it had.",
                        "",
                        "To stay where it is: 1 record.",
                        "         1  had headers of the caller, whose values are not stored: --without-headers sends it"
                                + " without them",
                        "Held back:",
                        "  had headers of the caller     https://b.example/");
    }

    @Test
    void nothing_to_do_is_one_sentence() {
        assertThat(new RedriveReport(false, 80).plan(QUEUE, Plans.ofNothing()))
                .containsExactly("No message is on the dead-letter queue of the stack that up runs here.");
        assertThat(new RedriveReport(true, 80).plan("batch b", Plans.ofNothing()))
                .containsExactly("No record of batch b is meant: all are OK or left out by --where.");
    }

    @Test
    void an_outcome_says_what_was_done_and_what_was_not() {
        assertThat(new RedriveReport(false, 120).outcome(Plans.outcome()))
                .containsExactly(
                        "Stopped. Sent again: 1,200 URLs in 14 messages.",
                        "2 messages are gone from the dead-letter queue; of 1 the rest was put back there.",
                        "1 message could not be deleted there and would be sent twice; nothing is lost by that.",
                        "Not confirmed by the queue, so not taken from where they were: 1 message.",
                        "         1  the queue is throttled",
                        "Left where it is: 1 message.",
                        "         1  cannot be read as it is, so it would come back: mend what sends it, or use --raw",
                        "There may be more behind those that stay, which were not looked at: no more can be held at a"
                                + " time. Delete or send some of these first.");
    }
}
