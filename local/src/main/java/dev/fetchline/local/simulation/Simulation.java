package dev.fetchline.local.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Runs the real pipeline in a world that one seed makes, and checks what happened.
public final class Simulation {
    private Simulation() {}

    /// What came of a seed.
    ///
    /// @param urls entries of all messages
    /// @param requests that the web saw
    /// @param events in the history
    /// @param survived how often each fault struck
    /// @param violations none where every promise was kept
    /// @param story of the first violation's subject, one line an event; empty where there is none
    /// @param historyHash SHA-256 of all that happened: the same for the same seed, always
    public record Report(
            long seed,
            int urls,
            int requests,
            int events,
            Map<Fault, Integer> survived,
            List<Violation> violations,
            List<String> story,
            String historyHash) {
        /// Whether every promise was kept.
        public boolean holds() {
            return violations.isEmpty();
        }
    }

    /// Runs one seed; the hash is left empty, for it takes as long as the run itself.
    public static Report run(long seed) {
        return run(seed, Boundary.NONE, false);
    }

    /// As [#run], with the hash.
    public static Report runWithHash(long seed) {
        return run(seed, Boundary.NONE, true);
    }

    static Report run(long seed, Boundary boundary, boolean withHash) {
        Randomness randomness = new Randomness(seed);
        Plan plan = PlanDrawer.draw(randomness.of("plan"));
        return run(seed, plan, Weather.drawn(randomness.of("weather")), boundary, withHash);
    }

    static Report run(long seed, Plan plan, Weather weather, Boundary boundary, boolean withHash) {
        World world = new World(plan, weather, new Randomness(seed), boundary);
        History history = world.run();
        List<Violation> violations = new ArrayList<>(new Checker(plan, weather).check(history));
        world.crashes().forEach(crash -> violations.add(new Violation("I5", crash, "the pipeline failed")));
        int urls = plan.submissions().stream()
                .mapToInt(submission -> submission.entries().size())
                .sum();
        return new Report(
                seed,
                urls,
                world.nextRequest() - 1,
                history.events().size(),
                Collections.unmodifiableMap(world.faults().struck()),
                List.copyOf(violations),
                violations.isEmpty()
                        ? List.of()
                        : new Story(history, plan).of(violations.getFirst().subject()),
                withHash ? history.hash() : "");
    }
}
