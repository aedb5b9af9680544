package dev.fetchline.local.cli;

import java.util.List;
import java.util.Map;

/// Lines on a terminal that are drawn over those before.
final class Redrawn implements AutoCloseable {
    /// ECMA-48: up so many lines, and erase from there to the end.
    private static final String UP_AND_ERASE = "\u001b[%dF\u001b[J";

    private static final int MARGIN = 1;

    private final StandardStreams streams;
    private int drawn;

    Redrawn(StandardStreams streams) {
        this.streams = streams;
    }

    /// Whether lines can be taken back on stdout: on a terminal that has a cursor.
    static boolean isPossible(StandardStreams streams, Map<String, String> environment) {
        return streams.outIsTerminal() && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /// Draws these lines in place of the last ones. A line that is too long is cut: one that the terminal breaks would
    /// not be found again.
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append(UP_AND_ERASE.formatted(drawn));
        }
        for (String line : lines) {
            text.append(PrintableText.cut(line, streams.outColumns() - MARGIN)).append('\n');
        }
        streams.out().print(text);
        streams.flushOut();
        drawn = lines.size();
    }

    /// Takes the last ones away.
    @Override
    public void close() {
        if (drawn > 0) {
            streams.out().print(UP_AND_ERASE.formatted(drawn));
            streams.flushOut();
            drawn = 0;
        }
    }
}
