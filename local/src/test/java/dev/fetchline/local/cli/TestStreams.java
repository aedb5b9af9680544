package dev.fetchline.local.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard streams of a command under test, with what was written to them.
final class TestStreams {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final StandardStreams streams;

    TestStreams(String terminals, int columns, String input) {
        streams = new StandardStreams(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                terminals,
                columns);
    }

    /// Streams that are no terminals.
    static TestStreams pipes() {
        return new TestStreams("", 80, "");
    }

    /// All three are terminals.
    static TestStreams terminals(int columns) {
        return new TestStreams("012", columns, "");
    }

    StandardStreams streams() {
        return streams;
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }
}
