package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `prove hostile`: all of its tables, and some of the bodies without end.
@Timeout(400)
class HostileIT {
    @TempDir
    Path directory;

    @BeforeEach
    void only_linux_has_all_of_the_loopback_network() {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
    }

    @Test
    void every_hostile_answer_has_the_record_it_must_have() throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(directory, "", "prove", "hostile", "--heavy", "150")
                .await();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .containsPattern("(?m)^wrongly classified +0$")
                .containsPattern("(?m)^connections to denied addresses +0$")
                .containsPattern("(?m)^  heavy +150$")
                .as("the Runtime API was a target")
                .containsPattern("(?m)^  endpoint +[1-9]")
                .as("an honest page had the connection of a hostile one")
                .containsPattern("(?m)^honest answers over a connection used before +[1-9]")
                .containsPattern("(?m)^peak heap, function of default +[1-9]");
    }

    @Test
    void numbers_out_of_range_are_refused_before_anything_starts() throws IOException, InterruptedException {
        CliProcess.Result run = CliProcess.start(directory, "", "prove", "hostile", "--memory", "100")
                .await();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("fetchline: --memory 100: expected a number from 768 to 10240.\n");
    }
}
