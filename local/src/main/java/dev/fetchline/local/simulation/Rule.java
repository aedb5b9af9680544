package dev.fetchline.local.simulation;

/// Watches a history for one kind of broken promise.
interface Rule {
    /// Judges an event. The ledger knows what was before it, not yet the event itself.
    void see(Event event);

    /// Judges the end.
    void end();
}
