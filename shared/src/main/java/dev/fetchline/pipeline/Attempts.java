package dev.fetchline.pipeline;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.Fetcher;
import dev.fetchline.http.HopResult;
import dev.fetchline.http.Outcome;
import dev.fetchline.http.RedirectWalk;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.HostGate;
import dev.fetchline.pace.Time;
import dev.fetchline.retry.Decision;
import dev.fetchline.retry.RetryPolicy;
import dev.fetchline.retry.Tries;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
        record Finished(Outcome outcome, Duration took, Tries tries) implements Result {}

        /// There is none yet.
        ///
        /// @param reason for the log
        record Unfinished(String reason) implements Result {}
    }

    /// Attempt after attempt; between two of them nothing is held.
    ///
    /// @param url already judged by the guard
    CompletableFuture<Result> at(FetchItem item, FetchUrl url, Deadline fetching) {
        return at(item, url, Tries.NONE, fetching);
    }

    private CompletableFuture<Result> at(FetchItem item, FetchUrl url, Tries before, Deadline fetching) {
        RedirectWalk start = RedirectWalk.from(item, url, timeoutOf(item), bodyBytesMaxOf(item), limits.redirectsMax());
        return walk(start, Duration.ZERO, fetching).thenCompose(attempt -> {
            Tries tries = before.plusOne();
            return switch (retryPolicy.next(attempt.outcome(), tries, time.now(), fetching)) {
                case Decision.Done _ -> done(new Result.Finished(attempt.outcome(), attempt.took(), tries));
                case Decision.RetryIn(Duration delay, Tries counted) ->
                    time.sleep(delay).thenCompose(_ -> at(item, url, counted, fetching));
                case Decision.Unfinished(String reason) -> done(new Result.Unfinished(reason));
            };
        });
    }

    /// One attempt: hop after hop, each with a place of its own at the gate.
    private CompletableFuture<Attempt> walk(RedirectWalk walk, Duration tookBefore, Deadline fetching) {
        long bytes = walk.bodyBytesMax() + BYTES_BESIDE_BODY;
        return gate.within(walk.url().host(), bytes, fetching, () -> hop(walk, fetching))
                .thenCompose(place -> {
                    Hop hop = place.orElse(Hop.CUT);
                    Duration took = tookBefore.plus(hop.took());
                    return switch (walk.after(hop.result(), hop.took())) {
                        case RedirectWalk.Step.Next(RedirectWalk next) -> judgeAndWalk(next, took, fetching);
                        case RedirectWalk.Step.Ended(Outcome outcome) -> done(new Attempt(outcome, took));
                    };
                });
    }

    /// Where a redirect leads is judged as if it had been submitted.
    private CompletableFuture<Attempt> judgeAndWalk(RedirectWalk next, Duration took, Deadline fetching) {
        return guard.judge(next.url())
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
