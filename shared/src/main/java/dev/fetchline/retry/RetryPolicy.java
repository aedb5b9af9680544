package dev.fetchline.retry;

import dev.fetchline.http.Outcome;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Decides what follows an attempt. Waits for nothing and changes nothing.
public final class RetryPolicy {
    static final Duration BACKOFF_FIRST = Duration.ofMillis(500);
    static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

    /// How often a 429 or 503 with Retry-After costs no attempt. A server that says when to come back is not failing,
    /// but one that says so for ever is not to be asked for ever.
    static final int GRANTED_WAITS_MAX = 100;

    private final int attemptsMax;
    private final Waits waits;
    private final Backoff backoff;

    /// A policy with so many attempts.
    ///
    /// @param attemptsMax tries that count, 1 or more
    /// @param random draws from 0 (inclusive) to 1 (exclusive)
    public RetryPolicy(int attemptsMax, Waits waits, DoubleSupplier random) {
        this.attemptsMax = attemptsMax;
        this.waits = waits;
        this.backoff = new Backoff(BACKOFF_FIRST, BACKOFF_MAX, random);
    }

    /// What follows `outcome`.
    ///
    /// @param tries so far, the one that gave `outcome` included
    /// @param now for a Retry-After that is a date
    /// @param lastMoment the item's age bound: a try that would come later is none
    /// @param fetching after which nothing may start in this invocation
    public Decision next(Outcome outcome, Tries tries, Instant now, Instant lastMoment, Deadline fetching) {
        Span left = new Span(Duration.between(now, lastMoment), fetching);
        return switch (outcome) {
            case Outcome.Refused _ -> new Decision.Done();
            case Outcome.Cut _ -> new Decision.CutOff();
            case Outcome.Failed failed -> failed.kind().worthAnotherTry() ? backOff(tries, left) : new Decision.Done();
            case Outcome.Answered answered -> afterAnswer(answered, tries, now, left);
        };
    }

    /// Whether a wait is waited inside the invocation; a longer one becomes a deferral.
    public boolean isWaitedInside(Duration wait, Deadline fetching) {
        return wait.compareTo(waits.insideMax()) <= 0 && fetching.allows(wait);
    }

    /// What is left: of the item's life, and of this invocation.
    private record Span(Duration ofItem, Deadline ofInvocation) {}

    /// What an outcome says of a next try; null where it says nothing that counts.
    public @Nullable RetryAfter toldBy(Outcome outcome, Instant now) {
        return outcome instanceof Outcome.Answered answered
                ? RetryAfter.of(answered.status(), answered.headers(), now, waits.max())
                        .orElse(null)
                : null;
    }

    private Decision afterAnswer(Outcome.Answered answered, Tries tries, Instant now, Span left) {
        if (!isWorthAnotherTry(answered.status())) {
            return new Decision.Done();
        }
        Optional<RetryAfter> told = Optional.ofNullable(toldBy(answered, now))
                .filter(its -> its.reading() != RetryAfter.Reading.NOT_UNDERSTOOD);
        if (told.isEmpty()) {
            return backOff(tries, left);
        }
        Tries counted = tries.waitsGranted() < GRANTED_WAITS_MAX ? tries.plusGrantedWait() : tries;
        // Not before the time it named, and not all who were told the same time at once.
        return again(told.get().delay().plus(backoff.delay(tries.made())), counted, left);
    }

    private Decision backOff(Tries tries, Span left) {
        return again(backoff.delay(tries.spent()), tries, left);
    }

    private Decision again(Duration asked, Tries tries, Span left) {
        Duration delay = waits.cap(asked);
        if (tries.spent() >= attemptsMax || delay.compareTo(left.ofItem()) >= 0) {
            return new Decision.Done();
        }
        return isWaitedInside(delay, left.ofInvocation())
                ? new Decision.RetryIn(delay, tries)
                : new Decision.Defer(delay, tries);
    }

    /// The target asks to come again later: 408, 425, 429 and every 5xx (RFC 9110 section 15, RFC 6585, RFC 8470).
    private static boolean isWorthAnotherTry(int status) {
        return status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599);
    }
}
