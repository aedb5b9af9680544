package dev.fetchline.pipeline;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import java.time.Duration;

/// Takes the times of a deferral as they can be: whoever may send to the queue can forge one. A request lies before its
/// deferral, a first sight between the request and now, and no next try lies past the age bound. So a forged time makes
/// no record that later requests cannot replace, and nothing that waits for ever.
final class Plausibility {
    static final String REMARK = "a deferral with times that cannot be: a request after the deferral itself, a first"
            + " sight outside of request and now, or a next try past the age bound; they were taken as the nearest"
            + " that can";

    /// Clocks of environments and of SQS differ; that is nothing to remark on.
    private static final long CLOCK_SKEW_MS = 60_000;

    private final long now;
    private final long ageMaxMs;

    Plausibility(long now, Duration ageMax) {
        this.now = now;
        this.ageMaxMs = ageMax.toMillis();
    }

    /// @param sentAt of the deferral's message, which is SQS's own word
    DeferredItem of(DeferredItem item, long sentAt) {
        Progress said = item.progress();
        long requestedAt = requestedAt(item.origin().requestedAt(), sentAt);
        long firstSeenAt = Math.min(Math.max(said.firstSeenAt(), requestedAt), Math.max(now, requestedAt));
        // What is past its age and could not be written waited past its bound, and has waited by now.
        long notBefore = Math.min(said.notBefore(), Math.max(firstSeenAt + ageMaxMs, now));
        return new DeferredItem(
                item.batchId(),
                new Origin(item.origin().messageId(), requestedAt),
                item.entry(),
                new Progress(said.hop(), said.triesMade(), said.waitsGranted(), firstSeenAt, notBefore, said.last()));
    }

    /// SQS is many machines, and each dates by its own clock. Within what these differ the request's own time is taken:
    /// under an earlier one, its final record would stand below its own RETRYING one for ever.
    private static long requestedAt(long said, long sentAt) {
        return said > sentAt + CLOCK_SKEW_MS ? sentAt : said;
    }

    boolean isWorthARemark(DeferredItem said, DeferredItem taken) {
        return differ(said.origin().requestedAt(), taken.origin().requestedAt())
                || differ(said.progress().firstSeenAt(), taken.progress().firstSeenAt())
                || differ(said.progress().notBefore(), taken.progress().notBefore());
    }

    private static boolean differ(long said, long taken) {
        return Math.abs(said - taken) > CLOCK_SKEW_MS;
    }
}
