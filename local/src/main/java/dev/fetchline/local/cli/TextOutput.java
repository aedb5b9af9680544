package dev.fetchline.local.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a reading command's output goes: stdout, or a file. What nobody reads any more ends the command.
final class TextOutput implements AutoCloseable {
    private static final int BUFFER_CHARS = 1 << 16;

    /// Asking flushes; a terminal and a pipe's reader see records soon enough.
    private static final int LINES_BETWEEN_LOOKS = 500;

    private final StandardStreams streams;
    private final @Nullable Path file;
    private final Writer writer;
    private int written;

    private TextOutput(StandardStreams streams, @Nullable Path file, Writer writer) {
        this.streams = streams;
        this.file = file;
        this.writer = writer;
    }

    /// @throws CliException if the file cannot be written
    static TextOutput open(StandardStreams streams, @Nullable Path file) {
        if (file == null) {
            Writer writer = new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8);
            return new TextOutput(streams, null, new BufferedWriter(writer, BUFFER_CHARS));
        }
        try {
            return new TextOutput(streams, file, Files.newBufferedWriter(file));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    void write(String text) {
        try {
            writer.write(text);
            if (++written % LINES_BETWEEN_LOOKS == 0 || (file == null && streams.outIsTerminal())) {
                flush();
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private void flush() throws IOException {
        writer.flush();
        if (file == null) {
            streams.flushOut();
        }
    }

    @Override
    public void close() {
        try {
            flush();
            if (file != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static CliException cannotWrite(@Nullable Path file, IOException e) {
        return CliException.usage(
                file == null
                        ? "cannot write to stdout: %s.".formatted(FileFault.of(e))
                        : "cannot write --out %s: %s."
                                .formatted(file, Files.isDirectory(file) ? "it is a directory" : FileFault.of(e)));
    }
}
