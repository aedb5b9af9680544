package dev.fetchline.local.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the function's figure must not exceed (issue 6): a multiple of another program's, or a number.
///
/// @param reference the other program; empty for a number
record Target(String work, Measure measure, double limit, String reference) {
    private static final String MEASURED = "fetchline";

    /// What counts as flat: the collector decides when memory is given back, so it is never quite level.
    private static final double FLAT = 1.1;

    private static final List<Target> ALL = List.of(
            new Target("plain", Measure.EARLY_CPU, 0.5, "aiohttp"),
            new Target("plain", Measure.EARLY_CPU, 1.1, "bare"),
            new Target("plain", Measure.STEADY_CPU, 0.4, "aiohttp"),
            new Target("tls", Measure.EARLY_CPU, 1.1, "aiohttp"),
            new Target("tls", Measure.STEADY_CPU, 0.7, "aiohttp"),
            new Target("big", Measure.EARLY_CPU, 1.3, "aiohttp"),
            new Target("big", Measure.STEADY_CPU, 1.0, "aiohttp"),
            new Target("wait", Measure.WAIT_RATIO, 1.15, ""),
            new Target("stragglers", Measure.P99_RATIO, 1.3, ""),
            new Target("stragglers", Measure.RETURNED_RATIO, 1.3, ""),
            new Target("cold", Measure.COLD_CPU, 0.6, "bare"),
            new Target("cold", Measure.COLD_WALL, 2.0, "aiohttp"),
            new Target("memory", Measure.RSS_MAX, 400, ""),
            new Target("memory", Measure.RSS_RATIO, FLAT, ""));

    static List<Target> of(String work) {
        return ALL.stream().filter(target -> target.work().equals(work)).toList();
    }

    /// One line; empty where one of the two figures is not there.
    Optional<String> verdict(WorkResult result) {
        OptionalDouble own = result.median(MEASURED, measure);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        double figure = own.getAsDouble();
        if (!reference.isEmpty()) {
            OptionalDouble other = result.median(reference, measure);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            figure /= other.getAsDouble();
        }
        return Optional.of("target: %s at most %s%s: %s (%s)"
                .formatted(
                        measure.title(),
                        text(limit),
                        reference.isEmpty() ? "" : " x " + reference,
                        figure <= limit ? "met" : "not met",
                        text(figure)));
    }

    private static String text(double number) {
        return number >= 100 ? "%,.0f".formatted(number) : "%.2f".formatted(number);
    }
}
