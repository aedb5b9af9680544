package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `bench` with real processes, in sizes that show only that all parts fit together: nothing is said of any time.
@Timeout(300)
class BenchIT {
    @TempDir
    Path directory;

    @BeforeEach
    void only_linux_has_what_it_reads() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    }

    @Test
    void function_and_bare_loop_do_all_of_the_work() throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(
                        directory,
                        "",
                        "bench",
                        "--work",
                        "plain,tls,hosts",
                        "--quick",
                        "--programs",
                        "fetchline,fetchline-bodies,bare",
                        "--rounds",
                        "1")
                .await();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^plain: 1 KB, keep-alive; 800 URLs ")
                .containsPattern("(?m)^  fetchline +[0-9]")
                .containsPattern("(?m)^  fetchline-bodies +[0-9]")
                .containsPattern("(?m)^  bare +[0-9]")
                .containsPattern("(?m)^  target: early µs/URL at most 1[.]10 x bare: (not )?met ")
                .containsPattern("(?m)^tls: ")
                .containsPattern("(?m)^hosts: ");
        assertThat(run.err().lines())
                .as("a sentence for each run, and none of anything that went wrong")
                .hasSize(7)
                .allMatch(line -> line.contains(", round 1 of 1: "));
    }

    @Test
    void entry_point_of_the_image_starts_from_the_cache_that_its_training_made()
            throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(
                        directory,
                        "",
                        "bench",
                        "--work",
                        "cold",
                        "--quick",
                        "--programs",
                        "fetchline-flat,fetchline-aot",
                        "--rounds",
                        "1")
                .await();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^  fetchline-flat +[0-9]")
                .containsPattern("(?m)^  fetchline-aot +[0-9]");
        assertThat(run.err().lines())
                .as("a sentence for each run, and none of a program that is left out")
                .hasSize(2);
    }

    @Test
    void an_interrupt_leaves_no_process_behind() throws IOException, InterruptedException {
        try (CliProcess bench = CliProcess.start(directory, "", "bench", "--work", "plain", "--programs", "bare")) {
            bench.awaitDescendant();
            CliProcess.Ended ended = bench.signal("INT");
            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.err()).contains("fetchline: interrupted before all was measured.");
            assertThat(ended.leftBehind()).isEmpty();
        }
    }
}
