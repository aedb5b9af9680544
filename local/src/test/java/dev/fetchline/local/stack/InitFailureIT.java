package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A function that refuses to start is tried twice, said once, and left alone.
class InitFailureIT {
    private static final String SENTENCE = "FETCH_TIMEOUT_MS is 'soon'; it must be a number from 100 to 60000.";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "stand-in {0}")
    @ValueSource(booleans = {false, true})
    void a_failing_start_is_fatal_after_two_attempts(boolean standIn) {
        LocalStackSettings settings =
                Probe.settings(directory, standIn, Map.of(), Map.of("PROBE_INIT_FAILURE", SENTENCE));
        try (LocalStack stack = LocalStack.start(settings)) {
            assertThat(stack.functionFailure()).isEmpty();
            stack.startEventSourceMapping();
            stack.send(List.of("ok"));
            Until.holds("given up", () -> stack.functionFailure().isPresent());
            assertThat(stack.functionFailure().orElseThrow()).contains(SENTENCE);
            Invocation invocation = stack.invoke(Probe.event("ok"));
            assertThat(invocation.succeeded()).isFalse();
            assertThat(invocation.payload()).contains(SENTENCE.substring(0, 16));
            assertThat(stack.environmentsStarted()).isEqualTo(2);
            assertThat(Probe.log(stack))
                    .anyMatch(line -> line.startsWith(FunctionLog.REMARK) && line.contains(SENTENCE));
            assertThat(stack.messagesLeft()).as("nothing is lost").isEqualTo(1);
        }
    }

    @Test
    void a_class_that_does_not_exist_is_said_before_anything_starts() throws Exception {
        LocalStackSettings settings = Probe.settings(directory, false, Map.of(), Map.of());
        Files.delete(settings.artifact().resolve("dev/fetchline/local/probe/ProbeHandler.class"));
        assertThatThrownBy(() -> LocalStack.start(settings))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("has no class dev.fetchline.local.probe.ProbeHandler; build it");
    }
}
