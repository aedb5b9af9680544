package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Fetcher;
import dev.fetchline.http.HopResult;
import dev.fetchline.http.Outcome;
import dev.fetchline.http.RedirectWalk;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Progress;
import dev.fetchline.intake.Progress.LastTry;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.retry.Decision;
import dev.fetchline.retry.RetryAfter;
import dev.fetchline.retry.RetryPolicy;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Tries to fetch an item until the policy is content or the invocation's time is over.
final class Attempts {
    /// What a fetch holds beside its body: connection buffers and the response's head.
    private static final long BYTES_BESIDE_BODY = 64 * 1024;

    private final UrlGuard guard;
    private final HostGate gate;
    private final Fetcher fetcher;
    private final RetryPolicy retryPolicy;
    private final Time time;
    private final FetchLimits limits;

    /// What bounds one attempt; an item may ask for less, not for more.
    ///
    /// @param timeout all of it, redirects included
    /// @param bodyBytesMax decoded
    record FetchLimits(Duration timeout, int bodyBytesMax, int redirectsMax) {}

    Attempts(UrlGuard guard, HostGate gate, Fetcher fetcher, RetryPolicy retryPolicy, Time time, FetchLimits limits) {
        this.guard = guard;
        this.gate = gate;
        this.fetcher = fetcher;
        this.retryPolicy = retryPolicy;
        this.time = time;
        this.limits = limits;
    }

    /// What came of it.
    sealed interface Result {
        /// There is an outcome to keep.
        ///
        /// @param took the last attempt, without waiting for places
        /// @param told what it says of a next try; null for nothing
        record Finished(
                Outcome outcome,
                Duration took,
                Tries tries,
                @Nullable RetryAfter told) implements Result {}

        /// There is none yet: a later invocation goes on from here.
        ///
        /// @param notBefore of the next try; null where it is due and only its turn did not come
        /// @param last the last try; null where there was none in this invocation
        record Later(
                Tries tries,
                @Nullable Instant notBefore,
                @Nullable Last last) implements Result {}
    }

    /// The last try of an item that is not finished. It is kept until the end of the invocation, so it
    /// has nothing of the response's body.
    record Last(@Nullable LastTry outcome, @Nullable RetryAfter told) {
        private static final int DETAIL_CHARS_MAX = 512;

        static Last of(Outcome outcome, @Nullable RetryAfter told) {
            return new Last(
                    switch (outcome) {
                        case Outcome.Answered answered -> new LastTry(answered.status(), null, null);
                        case Outcome.Failed failed ->
                            new LastTry(
                                    failed.status(),
                                    failed.kind().name(),
                                    FetchUrl.redact(failed.detail(), DETAIL_CHARS_MAX));
                        // Neither is tried again.
                        case Outcome.Refused _, Outcome.Cut _ -> null;
                    },
                    told);
        }
    }

    /// Attempt after attempt; between two of them nothing is held.
    ///
    /// @param url already judged by the guard
    /// @param before what the item has behind it
    /// @param lastMoment its age bound
    CompletableFuture<Result> at(FetchItem item, FetchUrl url, Progress before, Instant lastMoment, Deadline fetching) {
        Series series = new Series(item, url, lastMoment, fetching);
        Tries tries = Tries.of(before);
        Instant due = Instant.ofEpochMilli(before.notBefore());
        Duration early = Duration.between(time.now(), due);
        if (!early.isPositive()) {
            return again(series, tries, null);
        }
        return retryPolicy.isWaitedInside(early, fetching)
                ? time.sleep(early).thenCompose(_ -> again(series, tries, null))
                : done(new Result.Later(tries, due, null));
    }

    private record Series(FetchItem item, FetchUrl url, Instant lastMoment, Deadline fetching) {}

    private CompletableFuture<Result> again(Series series, Tries before, @Nullable Last last) {
        FetchItem item = series.item();
        RedirectWalk start =
                RedirectWalk.from(item, series.url(), timeoutOf(item), bodyBytesMaxOf(item), limits.redirectsMax());
        return walk(start, Duration.ZERO, series.fetching()).thenCompose(attempt -> {
            Tries tries = before.plusOne();
            Outcome outcome = attempt.outcome();
            Instant now = time.now();
            RetryAfter told = retryPolicy.toldBy(outcome, now);
            return switch (retryPolicy.next(outcome, tries, now, series.lastMoment(), series.fetching())) {
                case Decision.Done _ -> done(new Result.Finished(outcome, attempt.took(), tries, told));
                case Decision.RetryIn(Duration delay, Tries counted) ->
                    again(series, counted, Last.of(outcome, told), delay);
                case Decision.Defer(Duration delay, Tries counted) ->
                    done(new Result.Later(counted, now.plus(delay), Last.of(outcome, told)));
                case Decision.CutOff _ -> done(new Result.Later(before, null, last));
            };
        });
    }

    private CompletableFuture<Result> again(Series series, Tries before, Last last, Duration delay) {
        return time.sleep(delay).thenCompose(_ -> again(series, before, last));
    }

    /// One attempt: hop after hop, each with a place of its own at the gate.
    private CompletableFuture<Attempt> walk(RedirectWalk walk, Duration tookBefore, Deadline fetching) {
        long bytes = walk.bodyBytesMax() + BYTES_BESIDE_BODY;
        return gate.within(walk.url().host(), bytes, fetching, () -> hop(walk, fetching))
                .thenCompose(place -> {
                    Hop hop = place.orElse(Hop.CUT);
                    Duration took = tookBefore.plus(hop.took());
                    return switch (walk.after(hop.result(), hop.took())) {
                        case RedirectWalk.Step.Next(RedirectWalk next) ->
                            judgeAndWalk(walk.url(), next, took, fetching);
                        case RedirectWalk.Step.Ended(Outcome outcome) -> done(new Attempt(outcome, took));
                    };
                });
    }

    /// Where a redirect leads is judged as if it had been submitted.
    private CompletableFuture<Attempt> judgeAndWalk(
            FetchUrl from, RedirectWalk next, Duration took, Deadline fetching) {
        return guard.judgeRedirect(from, next.url())
                .map(refusal ->
                        done(new Attempt(new Outcome.Refused(refusal, next.url().text(), next.redirects()), took)))
                .orElseGet(() -> walk(next, took, fetching));
    }

    private CompletableFuture<Hop> hop(RedirectWalk walk, Deadline fetching) {
        long start = time.nanoTime();
        return fetcher.fetch(walk, fetching)
                .thenApply(result -> new Hop(result, Duration.ofNanos(time.nanoTime() - start)));
    }

    private Duration timeoutOf(FetchItem item) {
        Duration asked = item.timeoutMs() == null ? limits.timeout() : Duration.ofMillis(item.timeoutMs());
        return asked.compareTo(limits.timeout()) < 0 ? asked : limits.timeout();
    }

    private int bodyBytesMaxOf(FetchItem item) {
        return item.maxBodyBytes() == null
                ? limits.bodyBytesMax()
                : Math.min(item.maxBodyBytes(), limits.bodyBytesMax());
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    private record Attempt(Outcome outcome, Duration took) {}

    private record Hop(HopResult result, Duration took) {
        /// The invocation's time was over before there was a place.
        private static final Hop CUT = new Hop(new HopResult.Cut(), Duration.ZERO);
    }
}
