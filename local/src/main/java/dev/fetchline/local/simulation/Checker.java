package dev.fetchline.local.simulation;

import java.util.List;

/// Reads a history and names every promise that it breaks. Knows the plan, and nothing of the pipeline.
final class Checker {
    private final Plan plan;
    private final Weather weather;

    Checker(Plan plan, Weather weather) {
        this.plan = plan;
        this.weather = weather;
    }

    List<Violation> check(History history) {
        Ledger ledger = new Ledger(plan);
        Violations violations = new Violations();
        List<Rule> rules = List.of(
                new NothingLost(ledger, violations),
                new RecordsInOrder(ledger, violations),
                new WorkBounded(ledger, violations),
                new WithinLimits(ledger, violations),
                new RecordsTrue(ledger, violations),
                new QueueDrains(ledger, violations, weather));
        for (Event event : history.events()) {
            rules.forEach(rule -> rule.see(event));
            ledger.see(event);
        }
        rules.forEach(Rule::end);
        return violations.found();
    }
}
