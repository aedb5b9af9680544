package dev.fetchline.lambda.priming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that went wrong is an image that is not built. One that goes well is shown by BenchIT, with the function.
final class TrainingTest {
    @TempDir
    Path directory;

    @Test
    void a_function_that_ends_by_itself_and_a_cache_of_before_are_not_taken_for_a_training() throws IOException {
        Path cache = Files.writeString(directory.resolve("function.aot"), "of before");
        assertThatIOException()
                .isThrownBy(() -> Training.main(new String[] {cache.toString(), "sh", "-c", "exit 3"}))
                .withMessage("the function ended without writing " + cache);
        assertThat(cache).doesNotExist();
    }

    @Test
    void what_the_function_reports_in_place_of_an_answer_is_said() {
        String reports = "exec 3<>\"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}\";"
                + " printf 'POST /2018-06-01/runtime/init/error HTTP/1.1\\r\\nContent-Length: 5\\r\\n\\r\\nwrong' >&3; cat <&3";
        assertThatIOException()
                .isThrownBy(() -> Training.main(
                        new String[] {directory.resolve("function.aot").toString(), "bash", "-c", reports}))
                .withMessage("the function reported wrong");
    }
}
