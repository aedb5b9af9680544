package dev.fetchline.local.cli;

import dev.fetchline.local.batch.FetchRecord;
import dev.fetchline.local.batch.RecordJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the records of a run go: JSON Lines to a file, and to stdout what suits it.
final class RecordOutput implements AutoCloseable {
    private final StandardStreams streams;
    private final boolean json;
    private final @Nullable Path file;
    private final @Nullable Writer writer;

    private RecordOutput(StandardStreams streams, boolean json, @Nullable Path file, @Nullable Writer writer) {
        this.streams = streams;
        this.json = json;
        this.file = file;
        this.writer = writer;
    }

    /// Opens the file, if there is one, before anything is fetched: not after an hour is the time to miss a permission.
    static RecordOutput open(StandardStreams streams, boolean json, @Nullable Path file, List<String> inputs) {
        if (file == null) {
            return new RecordOutput(streams, json, null, null);
        }
        try {
            refuseInput(file, inputs);
            return new RecordOutput(streams, json, file, Files.newBufferedWriter(file));
        } catch (IOException e) {
            String cause = Files.isDirectory(file) ? "it is a directory" : FileFault.of(e);
            throw CliException.usage("cannot write --out %s: %s.".formatted(file, cause));
        }
    }

    private static void refuseInput(Path file, List<String> inputs) throws IOException {
        for (String input : inputs) {
            if (Files.exists(file) && isSame(file, input)) {
                throw CliException.usage("--out %s is one of the inputs: it would be overwritten.".formatted(file));
            }
        }
    }

    private static boolean isSame(Path file, String input) throws IOException {
        try {
            Path other = Path.of(input);
            return Files.exists(other) && Files.isSameFile(file, other);
        } catch (InvalidPathException _) {
            return false;
        }
    }

    void write(List<FetchRecord> records) {
        if (writer != null) {
            writeFile(writer, records);
        }
        if (streams.outIsTerminal() && !json) {
            new RecordTable(streams.outColumns()).linesOf(records).forEach(streams.out()::println);
        } else if (json || writer == null) {
            // println would end lines as this machine does; JSON Lines has one line end.
            records.forEach(fetched -> streams.out().print(RecordJson.lineOf(fetched) + "\n"));
        }
        streams.flushOut();
    }

    private void writeFile(Writer to, List<FetchRecord> records) {
        try {
            for (FetchRecord fetched : records) {
                to.write(RecordJson.lineOf(fetched) + "\n");
            }
            to.flush();
        } catch (IOException e) {
            throw CliException.usage("cannot write --out %s: %s.".formatted(file, FileFault.of(e)));
        }
    }

    @Override
    public void close() {
        try {
            if (writer != null) {
                writer.close();
            }
        } catch (IOException e) {
            throw CliException.usage("cannot write --out %s: %s.".formatted(file, FileFault.of(e)));
        }
    }
}
