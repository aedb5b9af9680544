package dev.fetchline.http;

/// Why a fetch gave no usable response. The record's `error.kind`; the names are part of the contract
/// with readers.
public enum FailureKind {
    /// The name has no address, or its look-up failed; the JDK does not tell the two apart.
    DNS(true),
    /// The look-up of the name was still running when the attempt's time was over.
    DNS_TIMEOUT(true),
    /// No connection: refused, unreachable.
    CONNECT(true),
    /// No connection in the time for connecting, or before the attempt's time was over.
    CONNECT_TIMEOUT(true),
    /// Connected, but no end of the TLS handshake in the time for connecting, or before the attempt's
    /// time was over.
    TLS_TIMEOUT(true),
    /// The server's certificate, or one that it was issued by, has expired or is not valid yet.
    TLS_EXPIRED(false),
    /// The server's certificate is trusted, and for other hosts.
    TLS_WRONG_HOST(false),
    /// No path of acceptable certificates leads from the server's to a trusted root: it is signed by
    /// itself or by someone unknown, by a weak algorithm, or for another purpose.
    TLS_UNTRUSTED(false),
    /// No TLS connection for another reason: no common version or cipher, an alert, or what came is not
    /// TLS at all.
    TLS_PROTOCOL(false),
    /// Connected, but no whole response head when the attempt's time was over.
    RESPONSE_TIMEOUT(true),
    /// The head came, but the body was still coming when the attempt's time was over.
    BODY_TIMEOUT(true),
    /// The connection ended before the response did.
    DISCONNECTED(true),
    /// The response is not HTTP/1.1 as RFC 9112 has it.
    PROTOCOL(false),
    /// More redirects than allowed.
    REDIRECT_LIMIT(false),
    /// A redirect to where the walk has been already.
    REDIRECT_LOOP(false),
    /// A redirect whose Location is missing or cannot be read.
    REDIRECT_LOCATION(false),
    /// This environment ran out of something, such as file descriptors: not the target's fault.
    RESOURCES(true),
    /// A fault of this program.
    INTERNAL(false);

    private final boolean worthAnotherTry;

    FailureKind(boolean worthAnotherTry) {
        this.worthAnotherTry = worthAnotherTry;
    }

    /// Whether the same request may fare better later.
    public boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
