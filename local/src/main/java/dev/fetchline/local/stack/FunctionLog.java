package dev.fetchline.local.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The file that the function's processes write their lines to, and the stack its own remarks about them.
final class FunctionLog {
    static final String REMARK = "[fetchline-local] ";
    private final Path file;

    private FunctionLog(Path file) {
        this.file = file;
    }

    /// Begins the file anew: what is in it is of this run.
    static FunctionLog create(Path directory) {
        Path file = directory.resolve("function.log");
        try {
            Files.createDirectories(directory);
            Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new LocalStackException(
                    "The function's log " + file + " cannot be written: " + e.getMessage() + ".", e);
        }
        return new FunctionLog(file);
    }

    Path file() {
        return file;
    }

    /// Also for a process's standard output and error: each line is appended by one write, so processes may share it.
    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(file.toFile());
    }

    void remark(String sentence) {
        byte[] line = (REMARK + sentence.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(file, line, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        } catch (IOException _) {
            // A remark that cannot be written must not stop the run; the caller surfaces what matters another way.
        }
    }
}
