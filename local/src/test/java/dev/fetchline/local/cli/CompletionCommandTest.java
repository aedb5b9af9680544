package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script in a real bash: what the Tab key would offer.
class CompletionCommandTest {
    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void write() throws IOException {
        TestStreams streams = TestStreams.pipes();
        int exitCode = Main.commandLine(streams.streams(), new Home(directory, "Linux", "amd64"))
                .execute("completion");
        assertThat(exitCode).isZero();
        script = Files.writeString(directory.resolve("completion.bash"), streams.out());
    }

    @Test
    void commands_are_offered() throws IOException, InterruptedException {
        assertThat(offered("fetchline", "")).contains("demo", "run", "up", "cost", "completion");
        assertThat(offered("./fetchline", "pr")).containsExactly("prove");
        assertThat(offered("fetchline", "prove", "sim")).containsExactly("simulation");
    }

    @Test
    void options_of_a_command_are_offered() throws IOException, InterruptedException {
        assertThat(offered("fetchline", "run", "--urls")).containsExactly("--urls-per-message");
        assertThat(offered("fetchline", "run", "--"))
                .contains("--endpoint", "--json", "--help")
                .doesNotContain("--work");
    }

    private String[] offered(String... words) throws IOException, InterruptedException {
        String program = """
                . "$0"
                compopt() { :; } # bash has it only while it completes
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*"
                _complete_fetchline
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        ProcessBuilder bash = new ProcessBuilder("bash", "--norc", "-c", program, script.toString());
        bash.command().addAll(List.of(words));
        Process process = bash.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).toArray(String[]::new);
    }
}
