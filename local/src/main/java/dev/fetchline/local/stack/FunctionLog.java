package dev.fetchline.local.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file that the function's processes write their lines to, and the stack its own remarks about them.
final class FunctionLog {
    static final String REMARK = "[fetchline-local] ";
    private static final int TRACE_BYTES_MAX = 1 << 20;

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

    long length() {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0;
        }
    }

    /// The message of the innermost cause of the last stack trace that was written after `offset`. The runtime client
    /// posts only the outermost message of a failed init, and that of an ExceptionInInitializerError is empty.
    Optional<String> rootCause(long offset) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            bytes.seek(Math.max(offset, bytes.length() - TRACE_BYTES_MAX));
            byte[] written = new byte[(int) (bytes.length() - bytes.getFilePointer())];
            bytes.readFully(written);
            String cause = new String(written, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("Caused by: "))
                    .reduce("", (_, last) -> last);
            int message = cause.indexOf(": ", "Caused by: ".length());
            return message < 0 ? Optional.empty() : Optional.of(cause.substring(message + 2));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
