package dev.fetchline.fuzz;

import java.util.List;

/// What came of one run of one target.
///
/// @param inputs how many were judged
/// @param nanos how long they took
/// @param kept inputs that were the first to reach some code, those of the repository included
/// @param ways distinct ways through the code
/// @param findings one for each promise that was broken
public record FuzzReport(
        Subject subject,
        long seed,
        long inputs,
        long nanos,
        LineCoverage coverage,
        int kept,
        int ways,
        List<Finding> findings) {
    public FuzzReport {
        findings = List.copyOf(findings);
    }

    /// Inputs a second.
    public double rate() {
        return inputs * 1e9 / Math.max(1, nanos);
    }

    @Override
    public String toString() {
        return "%-16s %,9d inputs  %,7.0f/s  %s  %,6d ways  seed %d  %s"
                .formatted(
                        subject.label(),
                        inputs,
                        rate(),
                        coverage,
                        ways,
                        seed,
                        findings.isEmpty() ? "every promise kept" : findings.size() + " broken");
    }
}
