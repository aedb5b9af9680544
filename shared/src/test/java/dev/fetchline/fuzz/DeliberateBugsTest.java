package dev.fetchline.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.fuzz.Fuzzer.Limit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A fuzzer that finds nothing proves little unless it finds what is there.
class DeliberateBugsTest {
    private static final long INPUTS = 100_000;

    static List<DeliberateBug> bugs() {
        return DeliberateBugs.all();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void is_found(DeliberateBug bug) throws InterruptedException {
        FuzzReport report = Fuzzer.run(bug.subject(), 1, Limit.ofInputs(INPUTS).toFirstFinding(), bug);
        assertThat(report.findings()).as(bug.sentence()).hasSize(1);
        Finding finding = report.findings().getFirst();
        System.out.println("DeliberateBugsTest: %s: %s%n  found by input %,d: %s, broken: %s"
                .formatted(
                        bug.subject().label(),
                        bug.sentence(),
                        finding.index(),
                        EscapedText.quote(finding.input()),
                        finding.promise()));
    }

    @Test
    void there_are_two_for_each_target() {
        assertThat(bugs().stream().collect(Collectors.groupingBy(DeliberateBug::subject, Collectors.counting())))
                .hasSize(Subject.values().length)
                .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(2));
    }
}
