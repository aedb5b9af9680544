package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What was measured so far: a sample for each run that was whole, and a sentence for each that was not.
public final class Results {
    private final List<Work> works;
    private final List<Program> programs;
    private final int rounds;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private record Sample(String work, String program, Map<Measure, Double> figures) {}

    /// @param works in the order in which they are done
    /// @param programs that are ready
    /// @param rounds of each work, but for those that are done once
    Results(List<Work> works, List<Program> programs, int rounds) {
        this.works = List.copyOf(works);
        this.programs = List.copyOf(programs);
        this.rounds = rounds;
    }

    void add(Work work, Program program, Map<Measure, Double> figures) {
        samples.add(new Sample(work.name(), program.name(), Map.copyOf(figures)));
    }

    void fault(String sentence) {
        faults.add(sentence);
    }

    /// Whether every URL of every run was fetched and every record arrived.
    public boolean whole() {
        return faults.isEmpty() && !samples.isEmpty();
    }

    List<Work> works() {
        return works;
    }

    List<Program> programs() {
        return programs;
    }

    int rounds() {
        return rounds;
    }

    /// The programs that have done a work.
    List<Program> programsOf(Work work) {
        return programs.stream()
                .filter(program -> samples.stream().anyMatch(sample -> isOf(sample, work.name(), program.name())))
                .toList();
    }

    /// The median over the rounds; empty where there is no run of it, or the work does not have that measure.
    OptionalDouble median(String work, String program, Measure measure) {
        List<Double> values = samples.stream()
                .filter(sample -> isOf(sample, work, program))
                .flatMap(sample -> Optional.ofNullable(sample.figures().get(measure)).stream())
                .toList();
        return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Figures.median(values));
    }

    private static boolean isOf(Sample sample, String work, String program) {
        return sample.work().equals(work) && sample.program().equals(program);
    }
}
