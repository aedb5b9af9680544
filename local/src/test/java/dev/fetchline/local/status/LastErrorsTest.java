package dev.fetchline.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastErrorsTest {
    private static final String LOG = """
            [fetchline-local] the java binary of some JDK
            {"timestamp":"2026-01-01T00:00:01Z","level":"INFO","event":"invocation","requestId":"r","Urls":1}
            {"timestamp":"2026-01-01T00:00:02Z","level":"WARN","event":"quarantined","requestId":"r","messageId":"m",\
            "reason":"body: found }"}
            [fetchline-local] 2026-01-01T00:00:03Z environment 1 is killed: it took longer than 120 s.
            [fetchline-local] environment 1 held 80 MB at most.
            java.lang.IllegalStateException: no canary
            \tat dev.fetchline.Nowhere.method(Nowhere.java:1)
            {"timestamp":"2026-01-01T00:00:04Z","level":"ERROR","event":"start","detail":"FETCH_X is wrong"}
            {"timestamp":"2026-01-01T00:00:05Z","level":"ERR
            """;

    @Test
    void warnings_errors_traces_and_killed_environments_are_shown_and_nothing_else() {
        assertThat(LastErrors.of(LOG, 10))
                .containsExactly(
                        "2026-01-01T00:00:02Z quarantined: body: found }",
                        "2026-01-01T00:00:03Z environment 1 is killed: it took longer than 120 s.",
                        "java.lang.IllegalStateException: no canary",
                        "2026-01-01T00:00:04Z start: FETCH_X is wrong");
    }

    @Test
    void only_the_last_ones_are_kept() {
        assertThat(LastErrors.of(LOG, 1)).containsExactly("2026-01-01T00:00:04Z start: FETCH_X is wrong");
    }

    @Test
    void a_log_that_is_not_there_has_none() {
        assertThat(LastErrors.of(Path.of("no-such-log"), 5)).isEqualTo(List.of());
    }
}
