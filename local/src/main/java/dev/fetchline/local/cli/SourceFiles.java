package dev.fetchline.local.cli;

import dev.fetchline.local.submit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The files that a submit names, as what it reads.
///
/// @param streams of the command; `-` is its standard input
record SourceFiles(StandardStreams streams) {
    /// @param files as they were named; none means standard input, unless that is a terminal
    /// @throws CliException if there is nothing to read
    List<Source> named(List<String> files) {
        if (files.isEmpty()) {
            if (streams.inIsTerminal()) {
                throw CliException.usage("name a file of URLs, or pipe them in (see fetchline submit --help).");
            }
            return List.of(source("-"));
        }
        if (files.stream().filter("-"::equals).count() > 1) {
            throw CliException.usage("standard input is named twice: expected - once.");
        }
        return files.stream().map(this::source).toList();
    }

    private Source source(String file) {
        if (file.isEmpty()) {
            throw CliException.usage("a name of a file is empty: expected a file of URLs, or - for standard input.");
        }
        return file.equals("-")
                ? new Source("standard input", Source.Form.TEXT, streams::in)
                : new Source(PrintableText.of(file), Source.Form.ofFile(file), () -> open(file));
    }

    private static InputStream open(String file) throws IOException {
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new IOException("it is a directory");
            }
            return Files.newInputStream(path);
        } catch (InvalidPathException _) {
            throw new NoSuchFileException(file);
        }
    }
}
