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
    private final RetryPolicy policy = new RetryPolicy(4, () -> 0.5);

    private Decision after(Outcome outcome, Tries tries) {
        return policy.next(outcome, tries, time.now(), deadline);
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
        assertThat(after(answered(429, "0"), new Tries(10, 9)))
                .isEqualTo(new Decision.RetryIn(Duration.ofSeconds(5), new Tries(10, 10)));
        assertThat(after(answered(429, "0"), new Tries(13, 10)))
                .isEqualTo(new Decision.RetryIn(Duration.ofSeconds(5), new Tries(13, 10)));
        assertThat(after(answered(429, "0"), new Tries(14, 10))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void a_retry_after_on_another_status_is_not_a_promise() {
        assertThat(after(answered(500, "7"), new Tries(1, 0)))
                .isEqualTo(new Decision.RetryIn(Duration.ofMillis(250), new Tries(1, 0)));
    }

    @Test
    void a_wait_that_does_not_fit_leaves_the_item_unfinished() {
        assertThat(after(answered(503, "61"), new Tries(1, 0))).isInstanceOf(Decision.Unfinished.class);
        time.advance(Duration.ofSeconds(60));
        assertThat(after(failed(FailureKind.CONNECT), new Tries(1, 0))).isInstanceOf(Decision.Unfinished.class);
        assertThat(after(failed(FailureKind.CONNECT), new Tries(4, 0))).isInstanceOf(Decision.Done.class);
    }

    @Test
    void what_policy_refuses_stays_refused_and_what_was_cut_is_unfinished() {
        assertThat(after(new Outcome.Refused(new Refusal(Refusal.Rule.ADDRESS, ""), "", 0), new Tries(1, 0)))
                .isInstanceOf(Decision.Done.class);
        assertThat(after(new Outcome.Cut(), new Tries(1, 0))).isInstanceOf(Decision.Unfinished.class);
    }
}
