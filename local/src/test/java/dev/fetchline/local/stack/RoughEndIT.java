package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// However the JVM with the stack ends, the function's processes end with it.
class RoughEndIT {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "stand-in {0}, killed {1}")
    @CsvSource({"false, false", "false, true", "true, true"})
    void no_process_outlives_the_stack(boolean standIn, boolean killed) throws IOException {
        Path errors = directory.resolve("errors");
        Process host = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StackHost.class.getName(),
                        directory.toString(),
                        Boolean.toString(standIn))
                .redirectError(errors.toFile())
                .start();
        try (var output = host.inputReader()) {
            // The first line is the host's own: the servers keep standard output clean.
            String line = output.readLine();
            assertThat(line).as(() -> text(errors)).startsWith("pid ");
            assertThat(text(errors)).isEmpty();
            ProcessHandle function = ProcessHandle.of(Long.parseLong(line.substring("pid ".length())))
                    .orElseThrow();
            if (killed) {
                host.destroyForcibly();
            } else {
                host.destroy();
            }
            Until.holds("the host is gone", () -> !host.isAlive());
            Until.holds("the function is gone", () -> !function.isAlive());
        } finally {
            host.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
