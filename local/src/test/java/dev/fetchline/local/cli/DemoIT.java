package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `demo`, whole.
@Timeout(300)
class DemoIT {
    @TempDir
    Path directory;

    @Test
    void the_demo_goes_as_it_has_to() throws IOException, InterruptedException {
        CliProcess.Result demo = CliProcess.start(directory, "", "demo").await();
        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("STATUS      HTTP", "HTTP_ERROR   404", "body cut: LENGTH", "REFUSED", "INVALID")
                .contains("because body: ")
                .contains("records    13 (1 HTTP_ERROR, 1 INVALID, 10 OK, 1 REFUSED)")
                .containsPattern("3 pages of 1 s each took [0-9.]+ s together");
    }
}
