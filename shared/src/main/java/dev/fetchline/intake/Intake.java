package dev.fetchline.intake;

/// What a message body turned out to be: a batch of items, or a body that cannot be read as a whole.
public sealed interface Intake permits FetchBatch, Unreadable {}
