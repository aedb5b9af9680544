package dev.fetchline.intake;

/// What a message body turned out to be: a batch of items, unfinished items of several batches, or neither.
public sealed interface Intake permits FetchBatch, Deferral, UnknownVersion, Unreadable {}
