package dev.fetchline.local.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final Manifest.Begun BEGUN =
            new Manifest.Begun("ab12", 7, 70, Instant.parse("2026-11-23T10:00:00.123Z"));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("submit").resolve("batch");
    }

    @Test
    void what_was_noted_is_read_again() {
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.begun()).isEmpty();
            manifest.begin(BEGUN);
            manifest.confirm(List.of(3, 1));
            manifest.confirm(List.of(6));
        }
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.begun()).contains(BEGUN);
            assertThat(manifest.sent().stream()).containsExactly(1, 3, 6);
            assertThat(manifest.isDone()).isFalse();
            manifest.done(Instant.EPOCH);
        }
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.isDone()).isTrue();
        }
    }

    @Test
    void a_line_that_was_cut_off_counts_for_nothing() throws IOException {
        try (Manifest manifest = Manifest.open(file)) {
            manifest.begin(BEGUN);
            manifest.confirm(List.of(1));
        }
        Files.writeString(file, "sent 2 34", StandardOpenOption.APPEND);
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.sent().stream()).containsExactly(1);
            manifest.confirm(List.of(5));
        }
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.sent().stream()).containsExactly(1, 5);
        }
    }

    @Test
    void one_process_has_it_at_a_time() {
        try (Manifest manifest = Manifest.open(file)) {
            assertThat(manifest.isDone()).isFalse();
            assertThatThrownBy(() -> Manifest.open(file))
                    .isInstanceOf(SubmitException.class)
                    .hasMessageStartingWith("another process submits this batch");
        }
    }

    @Test
    void another_file_in_its_place_is_named() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hello\n");
        assertThatThrownBy(() -> Manifest.open(file))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is no manifest");
        Files.writeString(file, "fetchline-submit 1\nbegun x 1\n");
        assertThatThrownBy(() -> Manifest.open(file)).isInstanceOf(SubmitException.class);
    }

    /// The lock is the whole process's and not a thread's, so only another process can tell.
    @Test
    void while_it_is_open_no_other_process_can_open_it() throws IOException, InterruptedException {
        try (Manifest manifest = Manifest.open(file)) {
            manifest.begin(BEGUN);
            assertThat(openedElsewhere()).isEqualTo("another process submits this batch at this moment");
        }
        // Opened again, there are lines to be read.
        try (Manifest _ = Manifest.open(file)) {
            assertThat(openedElsewhere()).isEqualTo("another process submits this batch at this moment");
        }
        assertThat(openedElsewhere()).isEqualTo("opened");
    }

    private String openedElsewhere() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(other.waitFor()).isZero();
        return said;
    }

    /// Opens a manifest in a process of its own, and says what came of it.
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] arguments) {
            try (Manifest _ = Manifest.open(Path.of(arguments[0]))) {
                System.out.print("opened");
            } catch (SubmitException e) {
                System.out.print(e.clause().split(":", 2)[0]);
            }
        }
    }
}
