package dev.fetchline.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory of few files that nobody needs after the run.
final class Scratch {
    private Scratch() {}

    static void remove(Path directory) {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
        } catch (IOException _) {
            // A few KB in the temporary directory; nothing to stop for.
        }
    }
}
