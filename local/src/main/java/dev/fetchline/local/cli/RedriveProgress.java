package dev.fetchline.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Says on stderr how far a large redrive is, at most once a second: on a terminal in one line that is gone at the end,
/// elsewhere in a line each.
final class RedriveProgress implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    /// One of less is done before anybody wonders.
    private static final long LARGE = 1_000;

    private final StandardStreams streams;
    private final String noun;
    private final InstantSource clock;
    private Instant spokenAt;
    private String expected = "";
    private int columns;

    /// @param noun what is looked at, such as `message`
    RedriveProgress(StandardStreams streams, String noun, InstantSource clock) {
        this.streams = streams;
        this.noun = noun;
        this.clock = clock;
        this.spokenAt = clock.instant();
    }

    /// @param urls that are to be sent
    void expect(long urls) {
        expected = "of %,d ".formatted(urls);
    }

    /// @param count so far
    void looked(long count) {
        say(count, "%,d %ss looked at so far.".formatted(count, noun));
    }

    /// @param urls so far
    void sent(long urls) {
        say(urls, "%,d %sURLs sent again so far.".formatted(urls, expected));
    }

    private synchronized void say(long count, String sentence) {
        Instant now = clock.instant();
        if (count < LARGE || spokenAt.plus(BETWEEN_LINES).isAfter(now)) {
            return;
        }
        spokenAt = now;
        if (streams.errIsTerminal()) {
            close();
            String line = "fetchline: " + sentence;
            columns = line.length();
            streams.err().print("\r" + line);
            streams.err().flush();
        } else {
            streams.say(sentence);
        }
    }

    /// Takes the line away, for something else to be said in its place.
    @Override
    public synchronized void close() {
        if (columns > 0) {
            streams.err().print("\r" + " ".repeat(columns) + "\r");
            streams.err().flush();
            columns = 0;
        }
    }
}
