package dev.fetchline.local.simulation;

import dev.fetchline.local.simulation.Plan.Entry;
import dev.fetchline.local.simulation.Plan.Kind;
import dev.fetchline.local.simulation.Plan.Submission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws a plan: batches, messages, URLs and what stands behind them.
final class PlanDrawer {
    private static final List<Manner> COMMON =
            List.of(Manner.GOOD, Manner.GOOD, Manner.GOOD, Manner.SLOW, Manner.COMPRESSED, Manner.NOT_FOUND);

    private static final List<Manner> ANY = List.of(Manner.values());

    private final SplittableRandom random;
    private final PlanBuilder builder;

    private PlanDrawer(SplittableRandom random) {
        this.random = random;
        this.builder = new PlanBuilder(random.split());
    }

    static Plan draw(SplittableRandom random) {
        return new PlanDrawer(random).draw();
    }

    private Plan draw() {
        int timeoutSeconds = random.nextInt(4) == 0 ? random.nextInt(20, 60) : 120;
        builder.timeout(Duration.ofSeconds(timeoutSeconds)).batchMax(1 + random.nextInt(20));
        drawSettings(timeoutSeconds);
        int messages = 1 + random.nextInt(8);
        List<List<Entry>> drawn = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            drawMessage("b" + random.nextInt(3), drawn);
        }
        if (random.nextInt(3) == 0) {
            sendAgainTheNextDay();
        }
        if (random.nextInt(4) == 0) {
            builder.unreadable(within(Duration.ofMinutes(10)), random.nextBoolean() ? "{\"urls\":[}" : "{\"what\":1}");
        }
        return builder.build();
    }

    /// An attempt must fit into an invocation, beside what is kept of it for writing.
    private void drawSettings(int timeoutSeconds) {
        int attemptSecondsMax = Math.min(15, (timeoutSeconds - 8) / 2);
        builder.set("FETCH_AGE_MAX_HOURS", 8 + random.nextInt(17))
                .set("FETCH_RETRY_WAIT_MAX_MS", 1_000 * random.nextInt(60, 3_600))
                .set("FETCH_ATTEMPTS_MAX", 1 + random.nextInt(4))
                .set("FETCH_IN_FLIGHT_MAX", 1 << random.nextInt(1, 8))
                .set("FETCH_IN_FLIGHT_PER_HOST_MAX", 1 + random.nextInt(6))
                .set("FETCH_TIMEOUT_MS", 1_000 * random.nextInt(3, attemptSecondsMax + 1))
                .set("FETCH_BODY_BYTES_MAX", 2_000 + random.nextInt(10_000))
                .set("FETCH_STORED_BODY_BYTES_MAX", random.nextInt(4_000));
    }

    private void drawMessage(String batch, List<List<Entry>> earlier) {
        List<Entry> entries = new ArrayList<>();
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(60) : 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            entries.add(entry(earlier));
        }
        earlier.add(entries);
        boolean own = random.nextInt(3) != 0;
        builder.message(within(Duration.ofMinutes(random.nextBoolean() ? 1 : 60)), own ? batch : null, entries);
    }

    private Entry entry(List<List<Entry>> earlier) {
        int kind = random.nextInt(100);
        if (kind < 5 && !earlier.isEmpty()) {
            List<Entry> some = earlier.get(random.nextInt(earlier.size()));
            return some.get(random.nextInt(some.size()));
        }
        if (kind < 55) {
            return builder.entry(COMMON.get(random.nextInt(COMMON.size())));
        }
        return builder.entry(ANY.get(random.nextInt(ANY.size())));
    }

    private void sendAgainTheNextDay() {
        Submission first = builder.submissions().getFirst();
        if (first.batchId() != null && first.kind() == Kind.READABLE) {
            builder.submit(new Submission(
                    first.atNanos() + Duration.ofHours(random.nextLong(20, 30)).toNanos(),
                    first.kind(),
                    first.body(),
                    first.batchId(),
                    first.entries()));
        }
    }

    private long within(Duration time) {
        return random.nextLong(time.toNanos());
    }
}
