package dev.fetchline.retry;

import dev.fetchline.http.Outcome;
import dev.fetchline.pace.Backoff;
import dev.fetchline.pace.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/// Decides what follows an attempt. Waits for nothing and changes nothing.
public final class RetryPolicy {
    static final Duration BACKOFF_FIRST = Duration.ofMillis(500);
    static final Duration BACKOFF_MAX = Duration.ofSeconds(10);

    /// How often a 429 or 503 with Retry-After costs no attempt.
    static final int GRANTED_WAITS_MAX = 10;

    private final int attemptsMax;
    private final Backoff backoff;

    /// A policy with so many attempts.
    ///
    /// @param attemptsMax tries that count, 1 or more
    /// @param random draws from 0 (inclusive) to 1 (exclusive)
    public RetryPolicy(int attemptsMax, DoubleSupplier random) {
        this.attemptsMax = attemptsMax;
        this.backoff = new Backoff(BACKOFF_FIRST, BACKOFF_MAX, random);
    }

    /// What follows `outcome`.
    ///
    /// @param tries so far, the one that gave `outcome` included
    /// @param now for a Retry-After that is a date
    /// @param deadline after which nothing may start in this invocation
    public Decision next(Outcome outcome, Tries tries, Instant now, Deadline deadline) {
        return switch (outcome) {
            case Outcome.Refused _ -> new Decision.Done();
            case Outcome.Cut _ -> new Decision.Unfinished("the invocation's time was over");
            case Outcome.Failed failed ->
                failed.kind().worthAnotherTry() ? backOff(tries, deadline) : new Decision.Done();
            case Outcome.Answered answered -> afterAnswer(answered, tries, now, deadline);
        };
    }

    private Decision afterAnswer(Outcome.Answered answered, Tries tries, Instant now, Deadline deadline) {
        if (!isWorthAnotherTry(answered.status())) {
            return new Decision.Done();
        }
        Optional<Duration> told = namesItsTime(answered.status())
                ? RetryAfter.read(answered.headers().firstValue("retry-after"), now)
                : Optional.empty();
        if (told.isEmpty()) {
            return backOff(tries, deadline);
        }
        Tries counted = tries.waitsGranted() < GRANTED_WAITS_MAX ? tries.plusGrantedWait() : tries;
        // Not before the time it named, and not all who were told the same time at once.
        return again(told.get().plus(backoff.delay(tries.made())), counted, deadline);
    }

    private Decision backOff(Tries tries, Deadline deadline) {
        return again(backoff.delay(tries.spent()), tries, deadline);
    }

    private Decision again(Duration delay, Tries tries, Deadline deadline) {
        if (tries.spent() >= attemptsMax) {
            return new Decision.Done();
        }
        return deadline.allows(delay)
                ? new Decision.RetryIn(delay, tries)
                : new Decision.Unfinished("the next try is due past this invocation's time");
    }

    /// The target asks to come again later: 408, 425, 429 and every 5xx (RFC 9110 section 15, RFC 6585, RFC 8470).
    private static boolean isWorthAnotherTry(int status) {
        return status == 408 || status == 425 || status == 429 || (status >= 500 && status <= 599);
    }

    /// Where Retry-After is a promise to be ready then (RFC 9110 section 10.2.3, RFC 6585 section 4).
    private static boolean namesItsTime(int status) {
        return status == 429 || status == 503;
    }
}
