package dev.fetchline.http;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/// The TLS handshake of the connection that one request opens, if it opens one. The client says that
/// connecting took too long, but not whether it was TCP or TLS. The engine of that very connection tells:
/// it is made ([WatchedContext]) in the first task that the client gives to its executor, and
/// [#carriedBy] hands the request's handshake on to that task.
///
/// A connection that the client opens by itself, in place of one that broke off before there was an
/// answer, is made in a task of the client's own and not seen.
final class Handshake {
    private static final ScopedValue<Handshake> CURRENT = ScopedValue.newInstance();

    /// The protocol of an engine's session before its handshake has ended ([SSLEngine#getSession]).
    private static final String NO_SESSION = "NONE";

    private volatile @Nullable SSLEngine engine;

    /// An executor for the client's tasks: each knows the handshake that was [#during] when it was given.
    static Executor carriedBy(Executor executor) {
        return task -> {
            if (CURRENT.isBound()) {
                Handshake current = CURRENT.get();
                executor.execute(() -> ScopedValue.where(CURRENT, current).run(task));
            } else {
                executor.execute(task);
            }
        };
    }

    /// Sends, and sees the engine that is made for it.
    <T> T during(Supplier<T> sending) {
        return ScopedValue.where(CURRENT, this).call(sending::get);
    }

    /// Keeps what was made for the request of the moment, where there is one.
    static void made(SSLEngine engine) {
        if (CURRENT.isBound()) {
            CURRENT.get().engine = engine;
        }
    }

    /// What the connection is in the middle of. Empty for one that is through, or that was open before.
    Optional<FailureKind> stuckIn() {
        SSLEngine its = engine;
        if (its == null || !NO_SESSION.equals(its.getSession().getProtocol())) {
            return Optional.empty();
        }
        return Optional.of(hasBegun() ? FailureKind.TLS_TIMEOUT : FailureKind.CONNECT_TIMEOUT);
    }

    /// Whether the connection got as far as TLS. Until TCP is connected nobody touches the engine.
    boolean hasBegun() {
        SSLEngine its = engine;
        return its != null
                && (its.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING
                        || its.isInboundDone()
                        || its.isOutboundDone());
    }
}
