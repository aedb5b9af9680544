package dev.fetchline.local.simulation;

/// How the server behind a URL behaves, and so what its record must say.
enum Manner {
    /// 200 at once, always.
    GOOD(true),
    /// 200 after some seconds, always.
    SLOW(true),
    /// 200 with a gzip body, always.
    COMPRESSED(true),
    /// Some redirects, then 200, always.
    REDIRECTED(true),
    /// 404, always.
    NOT_FOUND(true),
    /// 200 with a body past the cap, always.
    TOO_BIG(true),
    /// 204 without a body, to HEAD as to GET.
    EMPTY(true),
    /// A 5xx, always.
    BROKEN(false),
    /// 503 with Retry-After, always.
    NEVER_READY(false),
    /// 429 or 503 with Retry-After some times, then 200.
    TELLS_TO_WAIT(false),
    /// Anything bad until its weather ends, then 200.
    WEATHERED(false),
    /// Anything bad now and then.
    FLAKY(false),
    /// Never a byte.
    BLACK_HOLE(false),
    /// Connection refused or reset.
    REFUSING(false),
    /// The body ends too soon.
    CUT_SHORT(false),
    /// The body stalls.
    STALLING(false),
    /// A redirect to itself, by way of another.
    LOOPING(false),
    /// A redirect to a denied address.
    LURING(false),
    /// Its host has, wholly or in part, a denied address.
    DENIED(false),
    /// Its host's name server gives a good and a denied address in turn.
    REBOUND(false),
    /// Its host is unknown.
    UNKNOWN(false),
    /// Refused or invalid by its text alone.
    NO_FETCH(false);

    private final boolean steady;

    Manner(boolean steady) {
        this.steady = steady;
    }

    /// Whether every request gets the same answer, so that the record is known beforehand.
    boolean isSteady() {
        return steady;
    }
}
