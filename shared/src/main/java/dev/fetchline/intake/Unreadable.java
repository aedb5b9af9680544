package dev.fetchline.intake;

/// A body that is at fault as a whole: the message is quarantined with this reason.
///
/// @param reason one sentence: what was found, where, and what was expected
public record Unreadable(String reason) implements Intake {}
