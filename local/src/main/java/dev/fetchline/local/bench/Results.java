package dev.fetchline.local.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// Whether no program was ready to run.
    public boolean isWithoutPrograms() {
        return programs.isEmpty();
    }

    List<Program> programs() {
        return programs;
    }

    int rounds() {
        return rounds;
    }

    /// The works that were done by at least one program, in their order, with the medians over the rounds.
    List<WorkResult> byWork() {
        return works.stream()
                .map(this::of)
                .filter(result -> !result.rows().isEmpty())
                .toList();
    }

    private WorkResult of(Work work) {
        List<Program> did = programs.stream()
                .filter(program -> samples.stream().anyMatch(sample -> isOf(sample, work.name(), program.name())))
                .toList();
        return new WorkResult(
                work.name(),
                BenchReport.knobs(work, did),
                work.rounds(rounds),
                did.stream()
                        .map(program -> new WorkResult.Row(
                                program.name(), program.version(), medians(work.name(), program.name())))
                        .toList());
    }

    private Map<Measure, Double> medians(String work, String program) {
        Map<Measure, Double> medians = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            List<Double> values = samples.stream()
                    .filter(sample -> isOf(sample, work, program))
                    .flatMap(sample -> Optional.ofNullable(sample.figures().get(measure)).stream())
                    .toList();
            if (!values.isEmpty()) {
                medians.put(measure, Figures.median(values));
            }
        }
        return medians;
    }

    private static boolean isOf(Sample sample, String work, String program) {
        return sample.work().equals(work) && sample.program().equals(program);
    }
}
