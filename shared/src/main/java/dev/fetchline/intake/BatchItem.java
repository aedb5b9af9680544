package dev.fetchline.intake;

/// One entry of a batch: something to fetch, or an entry that is at fault and harms no other.
public sealed interface BatchItem permits FetchItem, InvalidItem {}
