package dev.fetchline.local.submit;

import static dev.fetchline.local.submit.Submissions.settings;
import static dev.fetchline.local.submit.Submissions.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a submit leaves on the disk, and who can read it meanwhile.
class SubmissionFilesTest {
    /// Any write to it says that there is no space left.
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path directory;

    private Path scratch;

    @BeforeEach
    void nameScratch() {
        scratch = directory.resolve("scratch");
    }

    @Test
    void a_disk_that_is_full_while_reading_is_said_and_leaves_no_file() throws IOException {
        assumeThat(FULL).exists();
        Path urls = Files.createDirectory(directory.resolve("scratch.urls"));
        for (int file = 0; file < Spool.FILES; file++) {
            Files.createSymbolicLink(urls.resolve(Integer.toString(file)), FULL);
        }
        assertThatThrownBy(this::submission)
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("No space left")
                .hasMessageContaining("make room there");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_disk_that_is_full_while_packing_is_said_and_leaves_no_file() throws IOException {
        assumeThat(FULL).exists();
        try (Submission submission = submission()) {
            Files.createSymbolicLink(directory.resolve("scratch.messages"), FULL);
            assertThatThrownBy(() -> submission.pack(true))
                    .isInstanceOf(SubmitException.class)
                    .hasMessageContaining("No space left");
        }
        assertThat(files()).isEmpty();
    }

    /// Headers may be secrets, and stand in what is packed.
    @Test
    void nobody_else_can_look_into_the_directory() throws IOException {
        StateDirectory state = StateDirectory.of(
                Map.of("FETCHLINE_STATE", directory.resolve("state").toString()), "/");
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        try (Submission _ = Submission.read(
                settings("b", 1), List.of(text("u.txt", "http://a.example/")), state.scratch("b"), _ -> {})) {
            Path made = state.scratch("b").getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    private Submission submission() {
        String lines = IntStream.range(0, 20_000)
                .mapToObj(i -> "http://host%d.example/%d".formatted(i % 300, i))
                .collect(Collectors.joining("\n"));
        return Submission.read(settings("b", 10), List.of(text("u.txt", lines)), scratch, _ -> {});
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
