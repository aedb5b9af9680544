package dev.fetchline.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said of a program whose toolchain is not there.
class BuildStepsTest {
    @TempDir
    Path scratch;

    private String leftOut(String... command) {
        try (BuildSteps steps = new BuildSteps(scratch)) {
            return assertThatExceptionOfType(BenchException.class)
                    .isThrownBy(() -> steps.run("peer", scratch, command))
                    .actual()
                    .sentence();
        }
    }

    @Test
    void a_command_that_is_not_there_is_named_with_what_to_do() {
        assertThat(leftOut("no-such-toolchain", "build"))
                .isEqualTo("peer is left out: no-such-toolchain cannot be started; it must be installed and on PATH.");
    }

    @Test
    void of_a_command_that_fails_its_last_words_are_told() {
        assertThat(leftOut("sh", "-c", "echo one; echo two >&2; echo; exit 3"))
                .isEqualTo("peer is left out: sh -c echo one; echo two >&2; echo; exit 3 failed: two");
        assertThat(leftOut("false")).isEqualTo("peer is left out: false failed: it said nothing");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void what_a_command_says_is_its_result() throws IOException, InterruptedException {
        try (BuildSteps steps = new BuildSteps(scratch)) {
            assertThat(steps.run("peer", scratch, "echo", "1.0")).isEqualTo("1.0");
        }
    }
}
