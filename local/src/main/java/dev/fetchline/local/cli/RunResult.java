package dev.fetchline.local.cli;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.local.batch.FetchRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What came of a run, and what to say about it.
///
/// @param records all final ones, in the order of the input
/// @param deadLetters messages on the dead-letter queue, a hundred at most
/// @param deadLetterCount of all of them
/// @param unfinished what was submitted and has no final record
/// @param failure why the function could not go on
/// @param functionLog where the function wrote its log
record RunResult(
        List<FetchRecord> records,
        List<DeadLetter> deadLetters,
        long deadLetterCount,
        List<String> unfinished,
        Optional<String> failure,
        Path functionLog) {
    /// A list of ten thousand sentences is no sentence; the records have the rest.
    private static final int NAMED_MAX = 10;

    private static final int URL_CHARS_MAX = 200;

    int exitCode() {
        if (failure.isPresent() || deadLetterCount > 0 || !unfinished.isEmpty()) {
            return ExitCode.USAGE_OR_UNFINISHED;
        }
        return records.stream().allMatch(FetchRecord::isOk) ? ExitCode.OK : ExitCode.NOT_ALL_OK;
    }

    /// Says on stderr what went wrong; a run without fault is silent.
    void explain(StandardStreams streams) {
        failure.ifPresent(why -> streams.say("the function cannot go on: %s".formatted(PrintableText.of(why))));
        deadLetters.stream().limit(NAMED_MAX).map(DeadLetter::sentence).forEach(streams::say);
        sayHowManyMore(streams, deadLetterCount, "messages on the dead-letter queue");
        unfinished.stream()
                .limit(NAMED_MAX)
                .forEach(url -> streams.say("unfinished: " + FetchUrl.redact(url, URL_CHARS_MAX)));
        sayHowManyMore(streams, unfinished.size(), "unfinished URLs");
        List<FetchRecord> notOk =
                records.stream().filter(fetched -> !fetched.isOk()).toList();
        if (!notOk.isEmpty()) {
            streams.say(
                    "of %d records %d are not OK%s.".formatted(records.size(), notOk.size(), Summary.countsOf(notOk)));
        }
        if (exitCode() != ExitCode.OK) {
            streams.say("the function's log is %s.".formatted(functionLog));
        }
    }

    private static void sayHowManyMore(StandardStreams streams, long all, String what) {
        if (all > NAMED_MAX) {
            streams.say("and %d more %s.".formatted(all - NAMED_MAX, what));
        }
    }
}
