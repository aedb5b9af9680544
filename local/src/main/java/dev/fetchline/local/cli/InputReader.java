package dev.fetchline.local.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads what `run` is given and makes messages of it. Everything is read and checked before anything is sent.
///
/// @param in standard input
/// @param packer makes messages of the URLs of text inputs
record InputReader(InputStream in, UrlPacker packer) {
    /// Far above any list of URLs, far below what would exhaust the heap.
    private static final int INPUT_BYTES_MAX = 256 * 1024 * 1024;

    /// What one message may hold (SQS).
    static final int BODY_BYTES_MAX = 1024 * 1024;

    private static final String STANDARD_INPUT = "-";

    /// The messages of all inputs, in order.
    ///
    /// @param inputs names of files, or `-` for standard input
    /// @throws CliException that names the file and what is wrong with it
    List<OutgoingMessage> messagesOf(List<String> inputs) {
        List<OutgoingMessage> messages = new ArrayList<>();
        for (String input : inputs) {
            if (input.isEmpty()) {
                throw CliException.usage(
                        "a name of a file is empty: expected a file of URLs, or - for standard input.");
            }
            Input read = read(in, input);
            String suffix = input.toLowerCase(Locale.ROOT);
            if (suffix.endsWith(".jsonl")) {
                messages.addAll(bodyPerLine(read));
            } else if (suffix.endsWith(".json")) {
                messages.addAll(oneBody(read));
            } else {
                messages.addAll(packer.messagesOf(read.name(), read.text()));
            }
        }
        return messages;
    }

    private static List<OutgoingMessage> oneBody(Input input) {
        String body = input.text().strip();
        return body.isEmpty() ? List.of() : List.of(OutgoingMessage.whole(checked(input.name(), body)));
    }

    private static List<OutgoingMessage> bodyPerLine(Input input) {
        List<OutgoingMessage> messages = new ArrayList<>();
        int number = 0;
        for (String line : input.text().lines().toList()) {
            number++;
            if (!line.isBlank()) {
                messages.add(OutgoingMessage.whole(checked("line " + number + " of " + input.name(), line.strip())));
            }
        }
        return messages;
    }

    /// The queue itself would refuse these, after others were sent.
    private static String checked(String name, String body) {
        long bytes = utf8Length(body);
        if (bytes > BODY_BYTES_MAX) {
            throw CliException.usage("%s is too long for one message: %,d bytes, and the queue takes %,d."
                    .formatted(name, bytes, BODY_BYTES_MAX));
        }
        body.codePoints().filter(c -> !isAllowedInMessage(c)).findFirst().ifPresent(c -> {
            throw CliException.usage(
                    "%s holds the character U+%04X, which the queue does not take.".formatted(name, c));
        });
        return body;
    }

    /// The characters of SQS: those of XML 1.0.
    private static boolean isAllowedInMessage(int c) {
        return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xfffe && c != 0xffff);
    }

    static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    /// A file or standard input, read whole.
    ///
    /// @param name what to call it in a sentence
    record Input(String name, String text) {}

    /// Reads one input.
    ///
    /// @param input the name of a file, or `-` for standard input
    /// @throws CliException if it cannot be read or is no text
    static Input read(InputStream in, String input) {
        if (input.equals(STANDARD_INPUT)) {
            String name = "standard input";
            return new Input(name, Utf8Text.of(name, bytesOf(name, () -> in.readNBytes(INPUT_BYTES_MAX + 1))));
        }
        String name = PrintableText.of(input);
        return new Input(name, Utf8Text.of(name, bytesOf(name, () -> bytesOfFile(input))));
    }

    @FunctionalInterface
    private interface Source {
        byte[] read() throws IOException;
    }

    private static byte[] bytesOfFile(String input) throws IOException {
        try {
            Path file = Path.of(input);
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            try (InputStream fileStream = Files.newInputStream(file)) {
                return fileStream.readNBytes(INPUT_BYTES_MAX + 1);
            }
        } catch (InvalidPathException _) {
            throw new NoSuchFileException(input);
        }
    }

    private static byte[] bytesOf(String name, Source source) {
        try {
            byte[] bytes = source.read();
            if (bytes.length > INPUT_BYTES_MAX) {
                throw CliException.usage("%s is larger than %,d bytes: split it.".formatted(name, INPUT_BYTES_MAX));
            }
            return bytes;
        } catch (IOException e) {
            throw CliException.usage("cannot read %s: %s.".formatted(name, FileFault.of(e)));
        }
    }
}
