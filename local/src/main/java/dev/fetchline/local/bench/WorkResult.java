package dev.fetchline.local.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What one work gave: the medians of each program that did it, all of one run of the bench.
///
/// @param work its name
/// @param knobs what it is, in one line
/// @param rounds that each program did it
record WorkResult(String work, String knobs, int rounds, List<Row> rows) {
    /// @param version of what the program is made of
    record Row(String program, String version, Map<Measure, Double> medians) {}

    /// Empty where the program did not do it, or the work does not have that measure.
    OptionalDouble median(String program, Measure measure) {
        return rows.stream()
                .filter(row -> row.program().equals(program))
                .flatMap(row -> Optional.ofNullable(row.medians().get(measure)).stream())
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }
}
