package dev.fetchline.local.simulation;

/// A promise that was not kept.
///
/// @param invariant I1 to I10
/// @param subject the URL or message that it is about
/// @param sentence what happened
public record Violation(String invariant, String subject, String sentence) {
    @Override
    public String toString() {
        return invariant + ": " + subject + ": " + sentence;
    }
}
