package dev.fetchline.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;

/// The lines of a subject's classes that a run went through, as JaCoCo counts them.
///
/// @param covered lines of which any instruction ran
/// @param total lines with instructions
/// @param missed `Class: line line …`, of classes that have some
public record LineCoverage(int covered, int total, List<String> missed) {
    public LineCoverage {
        missed = List.copyOf(missed);
    }

    static LineCoverage of(Set<String> topLevelClasses, Probes probes) {
        CoverageBuilder coverage = new CoverageBuilder();
        Analyzer analyzer = new Analyzer(probes.executionData(), coverage);
        new ClassFiles(topLevelClasses).forEach((name, bytes) -> {
            try {
                analyzer.analyzeClass(bytes, name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        int covered = 0;
        int total = 0;
        TreeMap<String, String> missed = new TreeMap<>();
        for (IClassCoverage each : coverage.getClasses()) {
            covered += each.getLineCounter().getCoveredCount();
            total += each.getLineCounter().getTotalCount();
            List<String> lines = missedLines(each);
            if (!lines.isEmpty()) {
                String name = each.getName().substring(each.getName().lastIndexOf('/') + 1);
                missed.put(name, name + ": " + String.join(" ", lines));
            }
        }
        return new LineCoverage(covered, total, List.copyOf(missed.values()));
    }

    private static List<String> missedLines(IClassCoverage each) {
        List<String> lines = new ArrayList<>();
        for (int line = each.getFirstLine(); line >= 0 && line <= each.getLastLine(); line++) {
            if (each.getLine(line).getStatus() == ICounter.NOT_COVERED) {
                lines.add(Integer.toString(line));
            }
        }
        return lines;
    }

    /// From 0 to 100.
    public double percent() {
        return total == 0 ? 0 : 100.0 * covered / total;
    }

    @Override
    public String toString() {
        return "%.1f %% of %d lines".formatted(percent(), total);
    }
}
