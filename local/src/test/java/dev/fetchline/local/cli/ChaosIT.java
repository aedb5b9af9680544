package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `prove chaos`, on a small scale.
@Timeout(300)
class ChaosIT {
    @TempDir
    Path directory;

    @Test
    void no_url_is_lost_while_everything_breaks() throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(
                        directory, "", "prove", "chaos", "--urls", "1000", "--seed", "5", "--kills-every", "4")
                .await();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^URLs in +1,000$")
                .containsPattern("(?m)^final records +1,000  ")
                .containsPattern("(?m)^lost +0$")
                .containsPattern("(?m)^wrong records +0$")
                .as("something was killed, and the table failed")
                .containsPattern("(?m)^kills +[1-9]")
                .containsPattern("(?m)^  table: [a-z ]+ [1-9]");
    }

    @Test
    void numbers_out_of_range_are_refused_before_anything_starts() throws IOException, InterruptedException {
        CliProcess.Result run =
                CliProcess.start(directory, "", "prove", "chaos", "--urls", "0").await();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("fetchline: --urls 0: expected a number from 1 to 1000000.\n");
    }

    @Test
    void an_interrupted_run_says_how_far_it_got_and_leaves_nothing_behind() throws IOException, InterruptedException {
        try (CliProcess run = CliProcess.start(directory, "", "prove", "chaos", "--urls", "20000")) {
            run.awaitDescendant();
            CliProcess.Ended ended = run.signal("INT");
            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.err())
                    .containsPattern(
                            "fetchline: interrupted(: of 20,000 URLs [0-9,]+ had a record| before anything was fetched)[.]\n$");
            assertThat(ended.leftBehind()).isEmpty();
        }
    }
}
