package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.intake.DeferredItem;
import dev.fetchline.intake.FetchItem;
import dev.fetchline.intake.Origin;
import dev.fetchline.intake.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlausibilityTest {
    private static final long NOW = 1_000_000_000;
    private static final long AGE_MAX = Duration.ofHours(24).toMillis();
    private static final long SENT_AT = NOW - 10;

    private final Plausibility plausibility = new Plausibility(NOW, Duration.ofHours(24));

    private static DeferredItem item(long requestedAt, long firstSeenAt, long notBefore) {
        return new DeferredItem(
                "b",
                new Origin("m", requestedAt),
                FetchItem.get("http://example.com/"),
                new Progress(3, 2, 1, firstSeenAt, notBefore, null));
    }

    @Test
    void what_can_be_is_taken_as_it_is() {
        DeferredItem item = item(NOW - 5_000_000, NOW - 4_000_000, NOW + 1_000_000);
        assertThat(plausibility.of(item, SENT_AT)).isEqualTo(item);
        assertThat(plausibility.isWorthARemark(item, item)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // A request after its own deferral.
        "253402300799999, 0, 0,  999999990, 999999990, 0",
        // First seen before it was requested, and in the future.
        "900000000, 1, 0,  900000000, 900000000, 0",
        "900000000, 253402300799999, 0,  900000000, 1000000000, 0",
        // A next try past the age bound.
        "900000000, 950000000, 253402300799999,  900000000, 950000000, 1036400000",
        // All of it.
        "253402300799999, 253402300799999, 253402300799999,  999999990, 1000000000, 1086400000"
    })
    void what_cannot_be_is_taken_as_the_nearest_that_can(
            long requestedAt, long firstSeenAt, long notBefore, long itsRequest, long itsSight, long itsWait) {
        DeferredItem forged = item(requestedAt, firstSeenAt, notBefore);
        DeferredItem taken = plausibility.of(forged, SENT_AT);
        assertThat(taken).isEqualTo(item(itsRequest, itsSight, itsWait));
        assertThat(plausibility.isWorthARemark(forged, taken)).isTrue();
        assertThat(taken.progress().notBefore()).isLessThanOrEqualTo(NOW + AGE_MAX);
    }

    @Test
    void a_request_keeps_its_time_where_only_the_clocks_of_the_queue_differ() {
        DeferredItem item = item(SENT_AT + 60_000, NOW, 0);
        assertThat(plausibility.of(item, SENT_AT).origin().requestedAt()).isEqualTo(SENT_AT + 60_000);
        DeferredItem later = item(SENT_AT + 60_001, NOW, 0);
        assertThat(plausibility.of(later, SENT_AT).origin().requestedAt()).isEqualTo(SENT_AT);
    }

    @Test
    void clocks_that_differ_a_little_are_not_remarked_on() {
        DeferredItem item = item(NOW - 100, NOW + 20_000, 0);
        DeferredItem taken = plausibility.of(item, SENT_AT);
        assertThat(taken.progress().firstSeenAt()).isEqualTo(NOW);
        assertThat(plausibility.isWorthARemark(item, taken)).isFalse();
    }
}
