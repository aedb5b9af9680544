package dev.fetchline.http;

import dev.fetchline.guard.Refusal;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Makes one request: addresses looked up and judged, sent, body collected, all within one time limit.
public final class Fetcher {
    /// What a redirect has to say is in its head; reading a little of its body keeps the connection usable.
    private static final int REDIRECT_BODY_BYTES_MAX = 4 * 1024;

    private final HttpClient client;
    private final AddressLookup addresses;
    private final UrlGuard guard;
    private final String userAgent;
    private final Time time;
    private final Executor executor;

    /// A fetcher that sends by `client` what `guard` allows.
    ///
    /// @param executor runs what follows a response; the client's own completions must be kept short
    public Fetcher(
            HttpClient client,
            AddressLookup addresses,
            UrlGuard guard,
            String userAgent,
            Time time,
            Executor executor) {
        this.client = client;
        this.addresses = addresses;
        this.guard = guard;
        this.userAgent = userAgent;
        this.time = time;
        this.executor = executor;
    }

    /// Requests the URL at which the walk stands. Never fails: whatever goes wrong is a result.
    ///
    /// @param deadline of the invocation: what it ends is cut, not failed
    public CompletableFuture<HopResult> fetch(RedirectWalk walk, Deadline deadline) {
        Hop hop = new Hop(walk);
        Duration limit = deadline.cap(walk.timeLeft());
        Time.Timer timer = time.after(limit, () -> hop.runOut(deadline));
        hop.start();
        return hop.result.whenComplete((_, _) -> timer.cancel());
    }

    /// One request under way. Its phases end in the order of [Phase]; whichever of answer and timer comes first counts.
    private final class Hop {
        private final RedirectWalk walk;
        private final CompletableFuture<HopResult> result = new CompletableFuture<>();
        private volatile Phase phase = Phase.LOOK_UP;
        /// What `sendAsync` gave: only a cancel of this very future closes the socket.
        private volatile @Nullable CompletableFuture<?> sent;
        /// Set when the time is over; from then on no answer counts.
        private volatile boolean isOver;
        /// The head of a redirect that is to be walked: all that is wanted of it.
        private volatile HttpResponse.@Nullable ResponseInfo redirect;

        private Hop(RedirectWalk walk) {
            this.walk = walk;
        }

        private void start() {
            // A literal is its own address: no thread has to ask.
            CompletableFuture<List<InetAddress>> lookUp = walk.url()
                    .literal()
                    .map(address -> CompletableFuture.completedFuture(List.of(address)))
                    .orElseGet(() -> addresses.of(walk.url().host()));
            var _ = result.thenRun(() -> lookUp.cancel(false));
            var _ = lookUp.whenComplete((found, failure) -> {
                if (failure != null) {
                    result.complete(Failures.of(failure));
                } else {
                    send(found);
                }
            });
        }

        private void send(List<InetAddress> found) {
            try {
                Optional<Refusal> refusal = guard.judge(walk.url(), found);
                if (refusal.isPresent()) {
                    result.complete(new HopResult.Refused(refusal.get()));
                } else if (!isOver) {
                    phase = Phase.RESPONSE;
                    var response = client.sendAsync(request(walk, userAgent), this::collect);
                    sent = response;
                    if (isOver) {
                        response.cancel(true);
                    }
                    var _ = response.whenCompleteAsync(this::finish, executor);
                }
            } catch (Throwable failure) {
                // The client throws what it cannot even try, as for a host that java.net.URI does not know.
                result.complete(Failures.of(failure));
            }
        }

        private HttpResponse.BodySubscriber<FetchedBody> collect(HttpResponse.ResponseInfo response) {
            phase = Phase.BODY;
            int bodyBytesMax = walk.bodyBytesMax();
            if (walk.walksOnFrom(response.statusCode())) {
                redirect = response;
                bodyBytesMax = Math.min(REDIRECT_BODY_BYTES_MAX, bodyBytesMax);
            }
            return BodyCollector.of(response, bodyBytesMax);
        }

        private void finish(HttpResponse<FetchedBody> response, Throwable failure) {
            HttpResponse.ResponseInfo head = redirect;
            if (isOver) {
                return;
            }
            if (failure == null) {
                result.complete(new HopResult.Response(response.statusCode(), response.headers(), response.body()));
            } else if (head != null) {
                // Where it leads is known, whatever became of its body.
                result.complete(new HopResult.Response(head.statusCode(), head.headers(), FetchedBody.NONE));
            } else {
                result.complete(Failures.of(failure));
            }
        }

        private void runOut(Deadline deadline) {
            // The socket first: who learns of the end may let the message come again, or freeze the environment.
            isOver = true;
            CompletableFuture<?> response = sent;
            if (response != null) {
                response.cancel(true);
            }
            Phase reached = phase;
            result.complete(
                    deadline.passed()
                            ? new HopResult.Cut()
                            : new HopResult.Failure(
                                    reached.runOut,
                                    "no " + reached.waitsFor + " within "
                                            + walk.timeLeft().toMillis() + " ms"));
        }
    }

    private enum Phase {
        LOOK_UP(FailureKind.DNS_TIMEOUT, "answer to the look-up of the name"),
        RESPONSE(FailureKind.RESPONSE_TIMEOUT, "response head"),
        BODY(FailureKind.BODY_TIMEOUT, "end of the body");

        private final FailureKind runOut;
        private final String waitsFor;

        Phase(FailureKind runOut, String waitsFor) {
            this.runOut = runOut;
            this.waitsFor = waitsFor;
        }
    }

    private static HttpRequest request(RedirectWalk walk, String userAgent) {
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
        return request.build();
    }
}
