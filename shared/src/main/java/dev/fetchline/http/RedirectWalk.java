package dev.fetchline.http;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.UrlReading;
import dev.fetchline.intake.FetchItem;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One attempt at an item on its way from hop to hop: where it stands, where it has been, what time is left.
///
/// @param url the next to request
/// @param headers of the caller: for the origin of the first URL, and gone for good once the walk has left it
/// @param visited the URLs requested so far
/// @param timeLeft of the attempt; waiting for a place does not count
public record RedirectWalk(
        FetchItem item,
        FetchUrl url,
        Map<String, String> headers,
        Set<String> visited,
        Duration timeLeft,
        int bodyBytesMax,
        int redirectsMax) {
    /// What follows a hop.
    public sealed interface Step {
        /// Another hop.
        record Next(RedirectWalk walk) implements Step {}

        /// The end of the attempt.
        record Ended(Outcome outcome) implements Step {}
    }

    /// A walk that begins.
    ///
    /// @param attemptTime one attempt, all of it
    public static RedirectWalk from(
            FetchItem item, FetchUrl url, Duration attemptTime, int bodyBytesMax, int redirectsMax) {
        return new RedirectWalk(item, url, item.headers(), Set.of(), attemptTime, bodyBytesMax, redirectsMax);
    }

    /// Hops walked so far.
    public int redirects() {
        return visited.size();
    }

    /// Whether a response of this status is a step to the next.
    boolean walksOnFrom(int status) {
        return isRedirect(status) && item.followsRedirects();
    }

    /// What follows the hop just made.
    ///
    /// @param took what the hop took of the attempt's time
    public Step after(HopResult hop, Duration took) {
        return switch (hop) {
            case HopResult.Response response when walksOnFrom(response.status()) -> follow(response, took);
            case HopResult.Response response ->
                ended(new Outcome.Answered(response.status(), url, redirects(), response.headers(), response.body()));
            case HopResult.Failure failure ->
                ended(new Outcome.Failed(failure.kind(), failure.detail(), url, redirects(), null));
            case HopResult.Refused refused -> ended(new Outcome.Refused(refused.refusal(), url.text(), redirects()));
            case HopResult.Cut _ -> ended(new Outcome.Cut());
        };
    }

    /// The statuses whose Location a client may follow by itself (RFC 9110 section 15.4); 300 leaves the choice to
    /// people.
    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private Step follow(HopResult.Response response, Duration took) {
        List<String> locations =
                response.headers().allValues("location").stream().distinct().toList();
        if (locations.isEmpty()) {
            return failed(
                    FailureKind.REDIRECT_LOCATION, "status " + response.status() + " without a Location", response);
        }
        // A server sends one (RFC 9110 section 5.3). A second one may be smuggled in, and nothing tells which is.
        if (locations.size() > 1) {
            return failed(FailureKind.REDIRECT_LOCATION, locations.size() + " Locations that differ", response);
        }
        return switch (url.resolve(locations.getFirst())) {
            case UrlReading.Invalid invalid ->
                failed(FailureKind.REDIRECT_LOCATION, "Location: " + invalid.reason(), response);
            case UrlReading.Refused refused ->
                ended(new Outcome.Refused(refused.refusal(), refused.key(), redirects() + 1));
            case FetchUrl next -> walkTo(next, response, took);
        };
    }

    private Step walkTo(FetchUrl next, HopResult.Response response, Duration took) {
        Set<String> been = new HashSet<>(visited);
        been.add(url.text());
        if (been.contains(next.text())) {
            return failed(FailureKind.REDIRECT_LOOP, "redirected to " + next.text() + " again", response);
        }
        if (been.size() > redirectsMax) {
            return failed(FailureKind.REDIRECT_LIMIT, "more than " + redirectsMax + " redirects", response);
        }
        // RFC 9110 section 15.4 asks it for credentials, and we cannot know which headers are. A walk that comes back
        // (WHATWG Fetch, "HTTP-redirect fetch") does not get them back: a stranger chose where on the origin to.
        Map<String, String> stillMeant = next.sameOrigin(url) ? headers : Map.of();
        return new Step.Next(
                new RedirectWalk(item, next, stillMeant, been, timeLeft.minus(took), bodyBytesMax, redirectsMax));
    }

    private Step failed(FailureKind kind, String detail, HopResult.Response response) {
        return ended(new Outcome.Failed(kind, detail, url, redirects(), response.status()));
    }

    private static Step ended(Outcome outcome) {
        return new Step.Ended(outcome);
    }
}
