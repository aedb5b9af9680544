package dev.fetchline.intake;

/// An unfinished entry of a batch on its way through the queue: nothing of what its sender said is lost.
public record DeferredItem(String batchId, Origin origin, BatchItem entry, Progress progress) {}
