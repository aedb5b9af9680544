package dev.fetchline.local.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A directory for the logs of one command: two that run at once must not write into each other's.
final class LogDirectory {
    /// Of past commands; the oldest are removed.
    private static final int KEPT_MAX = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private LogDirectory() {}

    /// Makes a new one.
    ///
    /// @param parent made if need be
    /// @param command that will write there
    /// @throws CliException if nothing can be written there
    static Path create(Path parent, String command) {
        String name = "%s-%s-%d"
                .formatted(
                        TIME.format(Instant.now()),
                        command,
                        ProcessHandle.current().pid());
        try {
            Files.createDirectories(parent);
            removeOldest(parent);
            return Files.createDirectories(parent.resolve(name));
        } catch (IOException e) {
            throw CliException.usage("cannot write logs to %s: %s.".formatted(parent, FileFault.of(e)));
        }
    }

    private static boolean isInUse(Path directory) {
        String pid = directory.toString().replaceFirst(".*-", "");
        return pid.matches("[0-9]{1,9}")
                && ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }

    /// The names begin with the time, so their order is that of age.
    private static void removeOldest(Path parent) throws IOException {
        List<Path> past = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            entries.forEach(past::add);
        }
        past.sort(Comparator.<Path>naturalOrder().reversed());
        for (Path old : past.stream().skip(KEPT_MAX - 1).toList()) {
            if (Files.isDirectory(old) && !isInUse(old)) {
                remove(old);
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
