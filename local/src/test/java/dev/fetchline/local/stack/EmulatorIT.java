package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// An emulator that runs already: `-Dfetchline.endpoint=http://127.0.0.1:4566`. `.ci/run` starts ministack for it.
@EnabledIfSystemProperty(named = EmulatorIT.ENDPOINT, matches = ".+")
class EmulatorIT implements EmulatorContract {
    static final String ENDPOINT = "fetchline.endpoint";

    @Override
    public URI emulator() {
        return EmulatorUrl.parse(System.getProperty(ENDPOINT));
    }

    @Test
    void what_is_there_is_used_as_it_is(@TempDir Path directory) {
        String id;
        List<String> found;
        try (LocalStack first = start(directory.resolve("first"), "30")) {
            id = first.send(List.of("ok left by the first")).getFirst();
        }
        try (LocalStack second = start(directory.resolve("second"), "60")) {
            found = second.found();
            second.startEventSourceMapping();
            Until.holds("handled", () -> !Probe.deliveries(second, id).isEmpty());
        }
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "fetchline-ProbeQueue", "fetchline-ProbeDeadLetterQueue", "fetchline-ProbeTable");
    }

    private LocalStack start(Path directory, String visibilityTimeout) {
        return LocalStack.start(
                Probe.settings(directory, false, Map.of("VisibilityTimeout", visibilityTimeout), Map.of())
                        .withEmulator(emulator()));
    }
}
