package dev.fetchline.local.bench;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What was measured.
///
/// @param works in the order in which they were done
/// @param programs that ran
/// @param samples one for each run that was whole
/// @param faults a sentence for each that was not
public record Results(List<Work> works, List<Program> programs, List<Sample> samples, List<String> faults) {
    /// The measures of one run.
    record Sample(String work, String program, Map<Measure, Double> figures) {}

    /// Whether every URL of every run was fetched and every record arrived.
    public boolean whole() {
        return faults.isEmpty() && !samples.isEmpty();
    }

    /// The median over the rounds; empty where there is no run of it, or the work does not have that measure.
    OptionalDouble median(String work, String program, Measure measure) {
        List<Double> values = samples.stream()
                .filter(sample -> sample.work().equals(work) && sample.program().equals(program))
                .map(sample -> sample.figures().get(measure))
                .filter(value -> value != null)
                .toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Figures.median(values));
    }
}
