package dev.fetchline.http;

import dev.fetchline.pace.Completion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The one edge at which anything thrown becomes an outcome. By exception type, never by message text:
/// the texts are the JDK's own business and change.
final class Failures {
    private static final int DETAIL_CHARS_MAX = 300;
    private static final String CLIENT_ITSELF = "jdk.internal.net.http.HttpClientImpl";
    private static final String CLIENT_MODULE = HttpClient.class.getModule().getName();

    private Failures() {}

    /// @param handshake of the connection, if there was to be one
    static HopResult.Failure of(Throwable thrown, Handshake handshake) {
        Throwable failure = Completion.cause(thrown);
        CertificateRefused refused = cause(failure, CertificateRefused.class);
        if (refused != null) {
            return new HopResult.Failure(refused.kind(), refused.sentence());
        }
        FailureKind kind = kindOf(failure, handshake);
        return new HopResult.Failure(kind, describe(failure, kind));
    }

    /// Whether the client could not read what a server sent.
    static boolean isUnreadable(Throwable thrown) {
        return kindOf(Completion.cause(thrown), new Handshake()) == FailureKind.PROTOCOL;
    }

    private static FailureKind kindOf(Throwable failure, Handshake handshake) {
        return switch (failure) {
            case HttpConnectTimeoutException _ ->
                handshake.hasBegun() ? FailureKind.TLS_TIMEOUT : FailureKind.CONNECT_TIMEOUT;
            case HttpTimeoutException _ -> FailureKind.RESPONSE_TIMEOUT;
            case UnknownHostException _ -> FailureKind.DNS;
            case ConnectException _, NoRouteToHostException _ ->
                isCausedBy(failure, UnresolvedAddressException.class) ? FailureKind.DNS : FailureKind.CONNECT;
            case SSLException ssl -> ofTls(ssl);
            case ProtocolException _ -> FailureKind.PROTOCOL;
            // The client's own readings of a hostile head: a Content-Length that is no number, a header that is none.
            case IllegalArgumentException _ -> FailureKind.PROTOCOL;
            // The client's own check of lengths, see [BodyParserAssertions].
            case AssertionError _ -> FailureKind.PROTOCOL;
            case IOException io -> ofIo(io);
            // How the client reports that file descriptors have run out.
            case InternalError _, OutOfMemoryError _ -> FailureKind.RESOURCES;
            default -> FailureKind.INTERNAL;
        };
    }

    private static FailureKind ofIo(IOException failure) {
        if (isCausedBy(failure, UnsupportedAddressTypeException.class)) {
            return FailureKind.CONNECT;
        }
        // An alert that comes after the handshake: the client wraps it as it does what it cannot read.
        SSLException ssl = cause(failure, SSLException.class);
        if (ssl != null) {
            return ofTls(ssl);
        }
        if (isCausedBy(failure, NumberFormatException.class) || isCausedBy(failure, ProtocolException.class)) {
            return FailureKind.PROTOCOL;
        }
        return isThrownByReader(failure) ? FailureKind.PROTOCOL : FailureKind.DISCONNECTED;
    }

    /// Whether the client could not make sense of what it read: of a chunk, or of a 204 that announces a
    /// body. It has no type of its own for these. Where a connection ended there is a cause, or the
    /// network's own code threw it; and where we ended the client (see [RenewedClient]), the client itself
    /// did and not what reads.
    private static boolean isThrownByReader(IOException failure) {
        return failure.getClass() == IOException.class
                && failure.getCause() == null
                && isThrownByClient(failure)
                && !failure.getStackTrace()[0].getClassName().startsWith(CLIENT_ITSELF);
    }

    private static boolean isThrownByClient(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && CLIENT_MODULE.equals(trace[0].getModuleName());
    }

    /// A connection that was torn down during the handshake comes as an exception of TLS too, of the same
    /// type as an alert of the server, and also without a cause. But it is the client that throws it, and
    /// not the TLS engine.
    private static FailureKind ofTls(SSLException failure) {
        return isThrownByClient(failure) ? FailureKind.DISCONNECTED : FailureKind.TLS_PROTOCOL;
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return cause(failure, type) != null;
    }

    /// The first of `type` in the chain, or null.
    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /// The type and the text of the first in the chain that has a text, on one line. The JDK has none for
    /// the most common failure of all.
    private static String describe(Throwable failure, FailureKind kind) {
        Throwable telling = failure;
        while (telling.getMessage() == null && telling.getCause() != null) {
            telling = telling.getCause();
        }
        String text = telling.getMessage() == null
                ? withoutText(failure, kind)
                : telling.getClass().getSimpleName() + ": " + telling.getMessage();
        return ForeignText.shown(text, DETAIL_CHARS_MAX);
    }

    private static String withoutText(Throwable failure, FailureKind kind) {
        return switch (kind) {
            case CONNECT -> "the connection was refused, or the host cannot be reached";
            case PROTOCOL -> "the length of a chunk, or of the body, is negative";
            default -> failure.getClass().getSimpleName();
        };
    }
}
