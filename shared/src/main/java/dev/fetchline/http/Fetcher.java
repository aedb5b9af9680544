package dev.fetchline.http;

import dev.fetchline.guard.UrlGuard;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/// Makes one request: addresses looked up and judged, sent, body collected, all within one time limit.
public final class Fetcher {
    final HttpClient client;
    final AddressLookup addresses;
    final UrlGuard guard;
    final Time time;
    private final String userAgent;

    /// A fetcher that sends by `client` what `guard` allows.
    ///
    /// @param client of [FetchClient]: another one does not tell a handshake that takes too long from
    ///     TCP that does. What follows a response runs where the client completes it, in the JDK's
    ///     common pool: one more hand-over would cost more than it brings
    public Fetcher(HttpClient client, AddressLookup addresses, UrlGuard guard, String userAgent, Time time) {
        this.client = client;
        this.addresses = addresses;
        this.guard = guard;
        this.userAgent = userAgent;
        this.time = time;
    }

    /// Requests the URL at which the walk stands. Never fails: whatever goes wrong is a result.
    ///
    /// @param deadline of the invocation: what it ends is cut, not failed
    public CompletableFuture<HopResult> fetch(RedirectWalk walk, Deadline deadline) {
        return new Hop(this, walk, deadline).start();
    }

    HttpRequest.Builder request(RedirectWalk walk) {
        HttpRequest.Builder request = HttpRequest.newBuilder(walk.url().uri());
        // Not by the general `method`, which would send a Content-Length of 0 with a request that never has a body.
        switch (walk.item().method()) {
            case GET -> request.GET();
            case HEAD -> request.HEAD();
        }
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Accept", "*/*");
        request.setHeader("Accept-Encoding", "gzip, deflate");
        walk.headers().forEach(request::setHeader);
        return request;
    }
}
