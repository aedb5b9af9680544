package dev.fetchline.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fetchline.guard.FetchUrl;
import dev.fetchline.guard.Refusal;
import dev.fetchline.http.FailureKind;
import dev.fetchline.http.FetchedBody;
import dev.fetchline.http.Outcome;
import dev.fetchline.pace.Deadline;
import dev.fetchline.testing.ManualTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryPolicyTest {
    private static final FetchUrl URL = (FetchUrl) FetchUrl.read("http://example.com/");

    private final ManualTime time = new ManualTime();
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1), time);
    private final RetryPolicy policy =
            new RetryPolicy(4, new Waits(Duration.ofSeconds(10), Duration.ofHours(1)), () -> 0.5);

    private Decision after(Outcome outcome, Tries tries) {
        return policy.next(outcome, tries, time.now(), time.now().plus(Duration.ofHours(24)), deadline);
    }

    private static Outcome answered(int status, String... retryAfter) {
        Map<String, List<String>> headers =
                retryAfter.length == 0 ? Map.of() : Map.of("retry-after", List.of(retryAfter));
        return new Outcome.Answered(status, URL, 0, HttpHeaders.of(headers, (_, _) -> true), FetchedBody.NONE);
    }

    private static Outcome failed(FailureKind kind) {
        return new Outcome.Failed(kind, "", URL, 0, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 206, 301, 304, 400, 401, 404, 410, 451, 499, 600, 999})
    void a_final_status_stands(int status) {
        assertThat(after(answered(status), new Tries(1, 0))).isInstanceOf(Decision.Done.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
    void a_status_of_later_is_tried_again_with_jitter(int status) {
        assertThat(after(answered(status), new Tries(1, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(250), new Tries(1, 0)));
        assertThat(after(answered(status), new Tries(3, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(1000), new Tries(3, 0)));
        assertThat(after(answered(status), new Tries(4, 0))).isInstanceOf(Decision.Done.class);
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void a_failure_is_tried_again_where_its_kind_says_so(FailureKind kind) {
        assertThat(after(failed(kind), new Tries(1, 0)) instanceof Decision.RetryIn)
                .isEqualTo(kind.worthAnotherTry());
        assertThat(after(failed(kind), new Tries(4, 0))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void a_429_or_503_that_names_its_time_costs_no_attempt_until_the_bound() {
        assertThat(after(answered(503, "7"), new Tries(1, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(7_250), new Tries(1, 1)));
        assertThat(after(answered(429, "0"), new Tries(100, 99)))
                .isEqualTo(new Decision.RetryIn(Duration.ofSeconds(5), new Tries(100, 100)));
        assertThat(after(answered(429, "0"), new Tries(103, 100)))
                .isEqualTo(new Decision.RetryIn(Duration.ofSeconds(5), new Tries(103, 100)));
        assertThat(after(answered(429, "0"), new Tries(104, 100))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void what_a_server_asks_for_is_told_as_it_is_taken() {
        assertThat(policy.toldBy(answered(503, "7200"), time.now()))
                .isEqualTo(new RetryAfter("7200", Duration.ofHours(1), RetryAfter.Reading.CLAMPED));
        assertThat(policy.toldBy(answered(503), time.now())).isNull();
        assertThat(policy.toldBy(answered(500, "7"), time.now())).isNull();
    }

    @Test
    void nonsense_spends_an_attempt_as_no_header_does() {
        assertThat(after(answered(503, "soon"), new Tries(1, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(250), new Tries(1, 0)));
        assertThat(after(answered(503, "soon"), new Tries(4, 0))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void no_wait_is_longer_than_the_longest() {
        assertThat(after(answered(503, "999999999"), new Tries(1, 0)))
                .isEqualTo(new Decision.Defer(Duration.ofHours(1), new Tries(1, 1)));
    }

    @Test
    void a_wait_past_the_age_bound_makes_this_outcome_the_last() {
        Instant lastMoment = time.now().plusSeconds(20);
        assertThat(policy.next(answered(503, "19"), new Tries(1, 0), time.now(), lastMoment, deadline))
                .isEqualTo(new Decision.Defer(Duration.ofMillis(19_250), new Tries(1, 1)));
        assertThat(policy.next(answered(503, "20"), new Tries(1, 0), time.now(), lastMoment, deadline))
                .isInstanceOf(Decision.Done.class);
    }

    @Test
    void a_retry_after_on_another_status_is_not_a_promise() {
        assertThat(after(answered(500, "7"), new Tries(1, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(250), new Tries(1, 0)));
    }

    @Test
    void a_wait_that_is_long_or_does_not_fit_is_deferred() {
        assertThat(after(answered(503, "11"), new Tries(1, 0)))
                .isEqualTo(new Decision.Defer(Duration.ofMillis(11_250), new Tries(1, 1)));
        time.advance(Duration.ofSeconds(60));
        assertThat(after(failed(FailureKind.CONNECT), new Tries(1, 0)))
                .isEqualTo(new Decision.Defer(Duration.ofMillis(250), new Tries(1, 0)));
        assertThat(after(failed(FailureKind.CONNECT), new Tries(4, 0))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void what_policy_refuses_stays_refused_and_what_was_cut_has_its_turn_later() {
        assertThat(after(new Outcome.Refused(new Refusal(Refusal.Rule.ADDRESS, ""), "", 0), new Tries(1, 0)))
                .isInstanceOf(Decision.Done.class);
        assertThat(after(new Outcome.Cut(), new Tries(1, 0))).isInstanceOf(Decision.CutOff.class);
    }
}
