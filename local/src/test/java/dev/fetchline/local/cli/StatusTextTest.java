package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.local.status.StackStatus;
import dev.fetchline.local.status.StackStatus.Depth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusTextTest {
    private static StackStatus status(Depth queue, Optional<Duration> oldest, long dead, OptionalLong failed) {
        return new StackStatus(
                "the stack that up runs here",
                queue,
                oldest,
                new Depth(dead, 0, 0),
                OptionalLong.of(2),
                failed,
                List.of("one \u001b[31mred error"),
                List.of(),
                Optional.of("tail -f x"));
    }

    @Test
    void what_is_unknown_is_said_to_be_and_no_terminal_is_driven() {
        StackStatus status = status(new Depth(1_200, 3, 4), Optional.empty(), 0, OptionalLong.empty());
        assertThat(new StatusText(status, 80).lines())
                .containsExactly(
                        "the stack that up runs here",
                        "  queue               1,200 waiting, 3 in flight, 4 delayed",
                        "  oldest message      unknown here",
                        "  dead letters        0",
                        "  environments        2",
                        "  failed invocations  unknown here",
                        "",
                        "Last errors:",
                        "  one \\u001b[31mred error",
                        "",
                        "The function's log:",
                        "  tail -f x");
        assertThat(status.isWell()).isTrue();
    }

    @Test
    void the_hint_names_the_stack_that_was_asked() {
        TargetOption target = new TargetOption();
        target.stack = "it's mine";
        target.region = "eu-central-1";
        StackStatus status = status(new Depth(0, 0, 0), Optional.empty(), 1, OptionalLong.empty());

        assertThat(new StatusText(status, 80, target.asTyped()).lines())
                .contains("  dead letters        1: fetchline redrive --from dead-letter --dry-run --stack"
                        + " 'it'\\''s mine' --region eu-central-1 shows their reasons");
        assertThat(new TargetOption().asTyped()).isEmpty();
    }

    @Test
    void dead_letters_and_failures_are_not_well() {
        assertThat(status(new Depth(0, 0, 0), Optional.empty(), 1, OptionalLong.of(0))
                        .isWell())
                .isFalse();
        assertThat(status(new Depth(0, 0, 0), Optional.empty(), 0, OptionalLong.of(1))
                        .isWell())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"12, 12 s", "250, 4 min 10 s", "7500, 2 h 5 min", "273600, 3 d 4 h"})
    void an_age_has_its_two_largest_units(long seconds, String text) {
        assertThat(new StatusText(
                                status(
                                        new Depth(1, 0, 0),
                                        Optional.of(Duration.ofSeconds(seconds)),
                                        0,
                                        OptionalLong.empty()),
                                80)
                        .lines())
                .contains("  oldest message      " + text);
    }

    @Test
    void json_leaves_out_what_is_unknown() {
        assertThat(new StatusText(status(new Depth(1, 2, 3), Optional.empty(), 4, OptionalLong.empty()), 80).json())
                .isEqualTo("{\"stack\":\"the stack that up runs here\","
                        + "\"queue\":{\"waiting\":1,\"inFlight\":2,\"delayed\":3},"
                        + "\"deadLetters\":{\"waiting\":4,\"inFlight\":0,\"delayed\":0},\"environments\":2,"
                        + "\"lastErrors\":[\"one \\u001B[31mred error\"],\"notes\":[],\"logCommand\":\"tail -f x\"}");
    }
}
