package dev.fetchline.http;

import dev.fetchline.pace.Completion;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import javax.net.ssl.SSLException;

/// The one edge at which anything thrown becomes an outcome. By exception type, never by message text: the texts are
/// the
/// JDK's own business and change.
final class Failures {
    private static final int DETAIL_CHARS_MAX = 300;

    private Failures() {}

    static HopResult.Failure of(Throwable thrown) {
        Throwable failure = Completion.cause(thrown);
        FailureKind kind = kindOf(failure);
        return new HopResult.Failure(kind, describe(failure, kind));
    }

    private static FailureKind kindOf(Throwable failure) {
        return switch (failure) {
            case HttpConnectTimeoutException _ -> FailureKind.CONNECT_TIMEOUT;
            case HttpTimeoutException _ -> FailureKind.RESPONSE_TIMEOUT;
            case UnknownHostException _ -> FailureKind.DNS;
            case ConnectException _, NoRouteToHostException _ ->
                isCausedBy(failure, UnresolvedAddressException.class) ? FailureKind.DNS : FailureKind.CONNECT;
            case SSLException _ ->
                isCausedBy(failure, SocketException.class) ? FailureKind.DISCONNECTED : FailureKind.TLS;
            case ProtocolException _ -> FailureKind.PROTOCOL;
            // The client's own readings of a hostile head: a Content-Length that is no number, a header that is none.
            case IllegalArgumentException _ -> FailureKind.PROTOCOL;
            // The client's own check of a chunk's size, see [BodyParserAssertions].
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
        if (isCausedBy(failure, NumberFormatException.class) || isCausedBy(failure, ProtocolException.class)) {
            return FailureKind.PROTOCOL;
        }
        return isThrownByReader(failure) ? FailureKind.PROTOCOL : FailureKind.DISCONNECTED;
    }

    /// Whether the client could not make sense of what it read: of a chunk, or of a 204 that announces a body. For
    /// these
    /// it has no type of its own. Where a connection ended there is a cause, or the network's own code has thrown.
    private static boolean isThrownByReader(IOException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return failure.getClass() == IOException.class
                && failure.getCause() == null
                && trace.length > 0
                && trace[0].getClassName().startsWith("jdk.internal.net.http.");
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 10; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /// The type and the text of the first in the chain that has a text, on one line. The JDK has none for the most
    /// common failure of all.
    private static String describe(Throwable failure, FailureKind kind) {
        Throwable telling = failure;
        while (telling.getMessage() == null && telling.getCause() != null) {
            telling = telling.getCause();
        }
        String text = telling.getMessage() == null
                ? withoutText(failure, kind)
                : telling.getClass().getSimpleName() + ": " + telling.getMessage();
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= DETAIL_CHARS_MAX ? line : line.substring(0, DETAIL_CHARS_MAX) + "…";
    }

    private static String withoutText(Throwable failure, FailureKind kind) {
        return kind == FailureKind.CONNECT
                ? "the connection was refused, or the host cannot be reached"
                : failure.getClass().getSimpleName();
    }
}
