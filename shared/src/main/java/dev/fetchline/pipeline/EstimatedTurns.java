package dev.fetchline.pipeline;

import dev.fetchline.pipeline.Settled.Ending;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When the turn of an item will come that this invocation could not start: its position among those left, divided by
/// the rate at which this invocation got through its host and through all hosts. So a long queue for one host is spread
/// over the time that the host needs, and is copied about once, not once an invocation.
final class EstimatedTurns {
    /// Items whose turns lie this close together come together: one message carries them, and none waits for it.
    private static final Duration SLICE = Duration.ofSeconds(30);

    private final Rates slowest;
    private final Duration elapsed;
    private final Map<String, Integer> finishedByHost = new HashMap<>();
    private final Map<String, Integer> positionByHost = new HashMap<>();
    private int finished;
    private int position;

    /// What can be counted on in any case.
    ///
    /// @param host fetches a second of one host: so many at once, each at its time limit
    /// @param overall the same for all hosts together
    record Rates(double host, double overall) {
        static Rates of(int inFlightPerHost, int inFlight, Duration timeout) {
            double seconds = Math.max(timeout.toMillis(), 1) / 1_000.0;
            return new Rates(inFlightPerHost / seconds, inFlight / seconds);
        }
    }

    private EstimatedTurns(Rates slowest, Duration elapsed) {
        this.slowest = slowest;
        this.elapsed = elapsed;
    }

    /// Measured on what this invocation got through.
    ///
    /// @param elapsed the time that it took
    static EstimatedTurns after(List<Worked> worked, Duration elapsed, Rates slowest) {
        EstimatedTurns turns = new EstimatedTurns(slowest, elapsed);
        for (Worked one : worked) {
            if (wasFetched(one)) {
                turns.finished++;
                one.item().host().ifPresent(host -> turns.finishedByHost.merge(host, 1, Integer::sum));
            }
        }
        return turns;
    }

    private static boolean wasFetched(Worked one) {
        return switch (one) {
            case Worked.Ended(WorkItem _, Ending.Recorded recorded) -> recorded.triesNow() > 0;
            case Worked.Ended _ -> false;
            case Worked.Open open -> open.last() != null;
        };
    }

    /// How long the next item has to wait for its turn; they are asked for in their order.
    Duration next(WorkItem item) {
        String host = item.host().orElse("");
        int before = positionByHost.merge(host, 1, Integer::sum) - 1;
        double ofHost = before / rate(finishedByHost.getOrDefault(host, 0), slowest.host());
        double overall = position++ / rate(finished, slowest.overall());
        long slices = (long) (Math.max(ofHost, overall) / SLICE.toSeconds());
        return SLICE.multipliedBy(slices);
    }

    private double rate(int count, double atLeast) {
        return Math.max(count * 1_000.0 / Math.max(elapsed.toMillis(), 1), atLeast);
    }
}
