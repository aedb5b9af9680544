package dev.fetchline.local.cli;

/// Shows on a terminal how much of the input is read, in a line that is gone afterwards; nothing elsewhere.
final class ReadingLine implements AutoCloseable {
    private static final long SHOWN_EVERY = 10_000;

    private final StandardStreams streams;
    private int columns;

    ReadingLine(StandardStreams streams) {
        this.streams = streams;
    }

    void seen(long entries) {
        if (streams.errIsTerminal() && entries % SHOWN_EVERY == 0) {
            String line = "fetchline: %,d URLs read".formatted(entries);
            columns = line.length();
            streams.err().print("\r" + line);
        }
    }

    @Override
    public void close() {
        if (columns > 0) {
            streams.err().print("\r" + " ".repeat(columns) + "\r");
        }
    }
}
