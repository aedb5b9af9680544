package dev.fetchline.local.submit;

import dev.fetchline.intake.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where it is noted what was submitted: `FETCHLINE_STATE`, else `fetchline` in the state directory of the XDG Base
/// Directory Specification (<https://specifications.freedesktop.org/basedir/latest/>).
///
/// @param root of all notes
public record StateDirectory(Path root) {
    private static final int NAME_CHARS_MAX = 60;
    private static final int HASH_CHARS = 16;

    private static final Pattern SCRATCH = Pattern.compile(".*[.](?<pid>[0-9]{1,18})[.](messages|urls)(/[0-9]+)?");

    /// The directory that an environment names.
    ///
    /// @param environment as of the process
    /// @param userHome the system property `user.home`
    public static StateDirectory of(Map<String, String> environment, String userHome) {
        String own = environment.getOrDefault("FETCHLINE_STATE", "");
        if (!own.isEmpty()) {
            return new StateDirectory(Path.of(own).toAbsolutePath());
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path state = !xdg.isEmpty() && Path.of(xdg).isAbsolute()
                ? Path.of(xdg)
                : Path.of(userHome, ".local", "state").toAbsolutePath();
        return new StateDirectory(state.resolve("fetchline"));
    }

    /// Makes a directory, and those above it, that nobody else can look into: headers may be secrets.
    static void create(Path directory) throws IOException {
        boolean isPosix =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = isPosix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        var _ = Files.createDirectories(directory, attributes);
    }

    /// The manifest of a batch.
    ///
    /// @param queue what tells the queue from all others
    Path manifestOf(String queue, String batchId) {
        return submits()
                .resolve(nameOf(batchId) + "-"
                        + Sha256.hex(queue + "\n" + batchId).substring(0, HASH_CHARS));
    }

    /// A name for files of one process.
    public Path scratch(String batchId) {
        return submits().resolve(nameOf(batchId) + "." + ProcessHandle.current().pid());
    }

    /// Deletes what processes left that were killed. Their manifests stay.
    public void sweep() {
        try (Stream<Path> files = Files.walk(submits(), 2)) {
            files.sorted(Comparator.reverseOrder())
                    .filter(file -> isLeftBehind(submits().relativize(file)))
                    .forEach(StateDirectory::delete);
        } catch (IOException | UncheckedIOException _) {
            // There is no such directory, or another process sweeps it at this moment.
        }
    }

    private static boolean isLeftBehind(Path file) {
        Matcher scratch = SCRATCH.matcher(file.toString());
        return scratch.matches()
                && ProcessHandle.of(Long.parseLong(scratch.group("pid"))).isEmpty();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path submits() {
        return root.resolve("submit");
    }

    /// For a person who looks for it; the hash behind it tells names apart.
    private static String nameOf(String batchId) {
        String plain = batchId.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]", "_");
        return plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX));
    }
}
