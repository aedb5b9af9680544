package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `invoke` with the packaged function.
@Timeout(300)
class InvokeIT {
    private static final Path EVENTS = Path.of("..", "events").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void the_response_is_on_stdout_and_the_log_on_stderr() throws IOException, InterruptedException {
        CliProcess.Result invoked = CliProcess.start(
                        directory,
                        "",
                        "invoke",
                        "--event",
                        EVENTS.resolve("empty-list.json").toString())
                .await();
        assertThat(invoked.out()).isEqualTo("{\"batchItemFailures\":[]}\n");
        assertThat(invoked.err()).contains("\"event\":\"invocation\"");
        assertThat(invoked.exitCode()).isZero();
    }

    @Test
    void a_function_that_fails_is_said_by_its_error_and_the_exit_code() throws IOException, InterruptedException {
        CliProcess.Result invoked = CliProcess.start(directory, "[1]", "invoke").await();
        assertThat(invoked.out()).contains("\"errorMessage\"", "\"errorType\"").hasLineCount(1);
        assertThat(invoked.exitCode()).isEqualTo(1);
    }
}
