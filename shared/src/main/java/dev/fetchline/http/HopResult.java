package dev.fetchline.http;

import dev.fetchline.guard.Refusal;
import java.net.http.HttpHeaders;

/// What came of one request, redirects not followed.
public sealed interface HopResult {
    /// A response, whatever its status.
    ///
    /// @param status as sent: 100 to 999, not only what has a name
    record Response(int status, HttpHeaders headers, FetchedBody body) implements HopResult {}

    /// No usable response.
    ///
    /// @param detail one sentence for a person
    record Failure(FailureKind kind, String detail) implements HopResult {}

    /// An address of the host may not be reached.
    record Refused(Refusal refusal) implements HopResult {}

    /// The invocation's deadline ended it, not its own.
    record Cut() implements HopResult {}
}
