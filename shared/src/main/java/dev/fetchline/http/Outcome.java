package dev.fetchline.http;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// What came of one attempt at an item, redirects included.
public sealed interface Outcome {
    /// A response to keep.
    ///
    /// @param finalUrl where it came from
    /// @param redirects hops walked before it
    record Answered(int status, FetchUrl finalUrl, int redirects, HttpHeaders headers, FetchedBody body)
            implements Outcome {}

    /// No usable response.
    ///
    /// @param status of the last response, where there was one
    record Failed(
            FailureKind kind,
            String detail,
            FetchUrl finalUrl,
            int redirects,
            @Nullable Integer status) implements Outcome {}

    /// Policy said no, at the first URL or at a redirect.
    ///
    /// @param url what was refused, without user information
    record Refused(Refusal refusal, String url, int redirects) implements Outcome {}

    /// The invocation's deadline came first: nothing is known, no attempt is spent.
    record Cut() implements Outcome {}
}
