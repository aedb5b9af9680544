package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RedriveProgressTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    /// Milliseconds of the day.
    private long now;

    private RedriveProgress progress(String terminals, String noun) {
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        StandardStreams streams = new StandardStreams(new ByteArrayInputStream(new byte[0]), err, err, terminals, 80);
        return new RedriveProgress(streams, noun, () -> Instant.ofEpochMilli(now));
    }

    @Test
    void without_a_terminal_a_large_one_says_a_line_a_second() {
        try (RedriveProgress progress = progress("", "message")) {
            for (int count = 10; count <= 10_000; count += 10) {
                now += 3;
                progress.looked(count);
            }
            progress.expect(12_000);
            now += 1_000;
            progress.sent(1_500);
            now += 999;
            progress.sent(1_600);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "fetchline: 3,340 messages looked at so far.",
                        "fetchline: 6,680 messages looked at so far.",
                        "fetchline: 1,500 of 12,000 URLs sent again so far.");
    }

    @Test
    void a_small_one_says_nothing_however_long_it_takes() {
        try (RedriveProgress progress = progress("2", "record")) {
            now += 5_000;
            progress.looked(999);
            now += 5_000;
            progress.sent(999);
        }
        assertThat(said.size()).isZero();
    }

    @Test
    void on_a_terminal_it_is_one_line_that_is_gone_at_the_end() {
        try (RedriveProgress progress = progress("12", "record")) {
            now += 1_000;
            progress.looked(20_000);
            now += 1_000;
            progress.sent(1_000);
        }
        String first = "fetchline: 20,000 records looked at so far.";
        String second = "fetchline: 1,000 URLs sent again so far.";
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r" + first + "\r" + " ".repeat(first.length()) + "\r" + "\r" + second + "\r"
                        + " ".repeat(second.length()) + "\r");
    }
}
