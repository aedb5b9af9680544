package dev.fetchline.intake;

/// A deferral in a form that this release does not know, as an older release meets it while a newer one is rolled out:
/// reported back, so that a release that knows it gets it; never quarantined.
///
/// @param reason one sentence: what was found and what was expected
public record UnknownVersion(String reason) implements Intake {}
