package dev.fetchline.http;

import dev.fetchline.guard.Refusal;
import dev.fetchline.pace.Completion;
import dev.fetchline.pace.Deadline;
import dev.fetchline.pace.Time;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request under way. Its phases end in the order of [Phase]; whichever of answer and timer comes
/// first counts.
final class Hop {
    /// What a redirect has to say is in its head; reading a little of its body keeps the connection usable.
    private static final int REDIRECT_BODY_BYTES_MAX = 4 * 1024;
    /// A timer of the client's may be late by this much, on a machine that has much else to do.
    private static final Duration CLIENT_LATE = Duration.ofSeconds(2);

    private final Fetcher with;
    private final RedirectWalk walk;
    private final Deadline invocation;
    private final Deadline attempt;
    private final Handshake handshake = new Handshake();
    private final CompletableFuture<HopResult> result = new CompletableFuture<>();
    private volatile Phase phase = Phase.LOOK_UP;
    /// Whether the client waits for the head no longer than the attempt has time.
    private volatile boolean clientEndsIt;
    /// What `sendAsync` gave: its cancel closes the socket.
    private volatile @Nullable CompletableFuture<?> sent;
    /// Set when the time is over; from then on no answer counts.
    private volatile boolean isOver;
    /// The head of a redirect that is to be walked: all that is wanted of it.
    private volatile HttpResponse.@Nullable ResponseInfo redirect;

    Hop(Fetcher with, RedirectWalk walk, Deadline invocation) {
        this.with = with;
        this.walk = walk;
        this.invocation = invocation;
        this.attempt = Deadline.in(walk.timeLeft(), with.time);
    }

    CompletableFuture<HopResult> start() {
        runOutAfter(invocation.cap(walk.timeLeft()));
        // A literal is its own address: no thread has to ask.
        CompletableFuture<List<InetAddress>> lookUp = walk.url()
                .literal()
                .map(address -> CompletableFuture.completedFuture(List.of(address)))
                .orElseGet(() -> with.addresses.of(walk.url().host()));
        var _ = result.thenRun(() -> lookUp.cancel(false));
        var _ = lookUp.whenComplete((found, failure) -> {
            if (failure != null) {
                result.complete(Failures.of(failure, handshake));
            } else {
                judge(found);
            }
        });
        return result;
    }

    private void runOutAfter(Duration limit) {
        Time.Timer timer = with.time.after(limit, this::runOut);
        var _ = result.thenRun(timer::cancel);
    }

    private void judge(List<InetAddress> found) {
        try {
            Optional<Refusal> refusal = with.guard.judge(walk.url(), found);
            if (refusal.isPresent()) {
                result.complete(new HopResult.Refused(refusal.get()));
            } else if (!isOver) {
                send(attempt.remaining());
            }
        } catch (Throwable failure) {
            // The client throws what it cannot even try, as for a host that java.net.URI does not know.
            result.complete(Failures.of(failure, handshake));
        }
    }

    private void send(Duration left) {
        HttpRequest.Builder request = with.request(walk);
        if (left.isPositive() && onlyTheClientWouldKnow(left)) {
            clientEndsIt = true;
            request.timeout(left);
        }
        phase = Phase.RESPONSE;
        var response = isOverTls()
                ? handshake.during(() -> with.client.sendAsync(request.build(), this::collect))
                : with.client.sendAsync(request.build(), this::collect);
        sent = response;
        if (isOver) {
            response.cancel(true);
        }
        var _ = response.whenComplete(this::finish);
    }

    private boolean isOverTls() {
        return "https".equals(walk.url().uri().getScheme());
    }

    /// Whether it would be unknown at the end of the attempt if there was a connection. The client says
    /// it, by the exception with which a time limit of its own ends. An attempt that outlasts the time
    /// for connecting needs no such limit: what was not ended by then is connected. What the invocation
    /// ends is cut, whatever it was doing.
    private boolean onlyTheClientWouldKnow(Duration left) {
        return left.compareTo(invocation.remaining()) < 0
                && with.client
                        .connectTimeout()
                        .map(connecting -> left.compareTo(connecting.plus(CLIENT_LATE)) < 0)
                        .orElse(true);
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
            result.complete(failed(Completion.cause(failure)));
        }
    }

    private HopResult failed(Throwable failure) {
        HopResult.Failure failed = Failures.of(failure, handshake);
        return failure instanceof HttpTimeoutException ? ranOut(failed.kind()) : failed;
    }

    private void runOut() {
        if (clientEndsIt && phase == Phase.RESPONSE && !invocation.passed()) {
            clientEndsIt = false;
            runOutAfter(invocation.cap(CLIENT_LATE));
            return;
        }
        // The socket first: who learns of the end may let the message come again, or freeze the environment.
        isOver = true;
        CompletableFuture<?> response = sent;
        if (response != null) {
            response.cancel(true);
        }
        result.complete(ranOut(runOutOf(phase)));
    }

    /// Of what the client should have said, and did not in time, the TLS engine may know as well.
    private FailureKind runOutOf(Phase reached) {
        return reached == Phase.RESPONSE ? handshake.stuckIn().orElse(reached.runOut) : reached.runOut;
    }

    private HopResult ranOut(FailureKind kind) {
        return invocation.passed()
                ? new HopResult.Cut()
                : new HopResult.Failure(
                        kind, "no " + waitedFor(kind) + " within " + limit(kind).toMillis() + " ms");
    }

    private static String waitedFor(FailureKind kind) {
        return switch (kind) {
            case DNS_TIMEOUT -> "answer to the look-up of the name";
            case CONNECT_TIMEOUT -> "connection";
            case TLS_TIMEOUT -> "end of the TLS handshake";
            case BODY_TIMEOUT -> "end of the body";
            default -> "response head";
        };
    }

    /// Of the attempt, or of connecting where that is shorter.
    private Duration limit(FailureKind kind) {
        boolean wasConnecting = kind == FailureKind.CONNECT_TIMEOUT || kind == FailureKind.TLS_TIMEOUT;
        return with.client
                .connectTimeout()
                .filter(connecting -> wasConnecting && connecting.compareTo(walk.timeLeft()) < 0)
                .orElse(walk.timeLeft());
    }

    private enum Phase {
        LOOK_UP(FailureKind.DNS_TIMEOUT),
        /// Sending included: who was not even connected is told by the client.
        RESPONSE(FailureKind.RESPONSE_TIMEOUT),
        BODY(FailureKind.BODY_TIMEOUT);

        private final FailureKind runOut;

        Phase(FailureKind runOut) {
            this.runOut = runOut;
        }
    }
}
