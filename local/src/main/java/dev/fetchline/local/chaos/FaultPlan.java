package dev.fetchline.local.chaos;

/// Decides what becomes of each call that comes through a proxy. Asked by many threads at once; a plan may take its
/// time,
/// which delays the call, and may do something, such as kill the caller.
public interface FaultPlan {
    /// The call has come, and the server has not seen it.
    default Fate before(Operation operation) {
        return Fate.PASS;
    }

    /// The request as the server gets it.
    default String forwarded(Operation operation) {
        return operation.request();
    }

    /// The server has done it and answered, and the caller does not know yet.
    default Fate after(Operation operation) {
        return Fate.PASS;
    }
}
