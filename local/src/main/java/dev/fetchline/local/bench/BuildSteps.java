package dev.fetchline.local.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Commands that make a program ready to run, one after the other; one that fails leaves the program out.
final class BuildSteps implements AutoCloseable {
    private static final long MINUTES_MAX = 10;

    /// As many words of a command as say which step it was.
    private static final int WORDS = 3;

    private final Path scratch;
    private final AtomicReference<@Nullable Process> running = new AtomicReference<>();

    /// @param scratch a directory for what the commands say while they run
    BuildSteps(Path scratch) {
        this.scratch = scratch;
    }

    /// Runs a command to its end.
    ///
    /// @param program that it is for
    /// @return what it said
    /// @throws BenchException with a sentence that says why the program is left out: the command is not there, or
    ///     failed, with what it said last
    String run(String program, Path directory, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(scratch, "build", ".log");
        try {
            Process process = started(program, directory, output, command);
            running.set(process);
            process.getOutputStream().close();
            boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
            String said = Files.readString(output, StandardCharsets.UTF_8).strip();
            if (!ended || process.exitValue() != 0) {
                end(process);
                throw new BenchException("%s is left out: %s %s: %s"
                        .formatted(
                                program,
                                String.join(" ", List.of(command).subList(0, Math.min(WORDS, command.length))),
                                ended ? "failed" : "took too long",
                                lastLine(said)));
            }
            return said;
        } finally {
            running.set(null);
            Files.deleteIfExists(output);
        }
    }

    private static Process started(String program, Path directory, Path output, String... command) {
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException _) {
            throw new BenchException("%s is left out: %s cannot be started; it must be installed and on PATH."
                    .formatted(program, command[0]));
        }
    }

    private static String lastLine(String text) {
        return text.isEmpty() ? "it said nothing" : text.lines().toList().getLast();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Ends a command that is under way.
    @Override
    public void close() {
        Process process = running.get();
        if (process != null) {
            end(process);
        }
    }
}
