package dev.fetchline.pipeline;

import dev.fetchline.pace.Deadline;
import java.time.Duration;

/// How the time of an invocation is divided: what is not fetched by the first moment is deferred, what is not written
/// by
/// the second is deferred too, and by the last all that is sent.
///
/// @param fetching after it no fetch starts or goes on
/// @param writing after it no final record is written
/// @param all after it nothing starts
record Phases(Deadline fetching, Deadline writing, Deadline all) {
    /// For the records of the last fetches.
    static final Duration WRITING_TIME = Duration.ofSeconds(4);

    /// For what is left to be deferred; more of it takes longer.
    static final Duration SENDING_TIME = Duration.ofSeconds(3);

    /// @param sending what deferring all items would take at the measured pace
    static Phases of(Deadline all, Duration sending) {
        // A short invocation gives half of its time to fetching in any case, and the rest in the same proportion.
        Duration handingOver = WRITING_TIME.plus(SENDING_TIME);
        Duration margin = min(handingOver.plus(sending), all.remaining().dividedBy(2));
        Duration writing =
                min(WRITING_TIME, margin.multipliedBy(WRITING_TIME.toMillis()).dividedBy(handingOver.toMillis()));
        return new Phases(all.before(margin), all.before(margin.minus(writing)), all);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
