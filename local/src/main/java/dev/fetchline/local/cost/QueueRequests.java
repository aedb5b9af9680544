package dev.fetchline.local.cost;

/// Requests to SQS as they are billed: a call of ten messages is one, and each 64 KB of it is one.
final class QueueRequests {
    private static final int MESSAGES_PER_CALL = 10;
    private static final long CALL_BYTES_MAX = 1_048_576;
    private static final double CHUNK_BYTES = 65_536;

    /// Items in a deferral at most, and what each takes besides its URL.
    private static final int DEFERRED_MAX = 500;

    private static final int DEFERRED_BYTES = 150;
    private static final int DEFERRAL_BYTES = 300;

    private QueueRequests() {}

    /// Sent, received and deleted, ten at a time.
    static double ofMessages(Load load) {
        long perCall = Math.clamp(CALL_BYTES_MAX / load.messageBytes(), 1, MESSAGES_PER_CALL);
        long calls = Math.ceilDiv(load.messages(), perCall);
        double chunks = Math.ceil(perCall * load.messageBytes() / CHUNK_BYTES);
        return calls * chunks * 2 + Math.ceilDiv(load.messages(), MESSAGES_PER_CALL);
    }

    /// Of deferrals: each is sent, received and deleted for itself.
    static double ofDeferrals(Load load, Invocation invocation) {
        double items = invocation.urls() * load.deferredShare();
        double messages = items < 1 ? items : Math.ceil(items / DEFERRED_MAX);
        double bytes = DEFERRAL_BYTES + Math.min(items, DEFERRED_MAX) * (load.urlBytes() + DEFERRED_BYTES);
        double chunks = Math.ceil(bytes / CHUNK_BYTES);
        return invocation.count(load) * messages * (2 * chunks + 1);
    }
}
