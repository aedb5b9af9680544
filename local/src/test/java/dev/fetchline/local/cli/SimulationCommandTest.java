package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationCommandTest {
    @TempDir
    Path directory;

    private TestStreams streams = TestStreams.pipes();

    @Test
    void some_seeds_hold() {
        assertThat(execute("--seeds", "5", "--first", "11")).isZero();
        assertThat(streams.out()).startsWith("5 worlds, ").contains(" every promise kept\n", " seeds/s on ", "Faults");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void one_seed_shows_the_hash_of_its_history() {
        assertThat(execute("--seed", "12")).isZero();
        String out = streams.out();
        assertThat(out).startsWith("seed 12: ").containsPattern("history [0-9a-f]{64}\n");
        streams = TestStreams.pipes();
        execute("--seed", "12");
        assertThat(streams.out()).isEqualTo(out);
    }

    @Test
    void wrong_usage_is_one_sentence() {
        assertUsage("--seeds 0: expected a number from 1 to 1000000000", "--seeds", "0");
        assertUsage("Invalid value for option '--seeds': 'many' is not a whole number", "--seeds", "many");
        assertUsage("--seed is one world: give it without --seeds and --first", "--seed", "1", "--seeds", "2");
    }

    @Test
    void prove_needs_to_know_what() {
        int exitCode = Main.commandLine(streams.streams(), new Home(directory, "Linux", "amd64"))
                .execute("prove");
        assertThat(exitCode).isEqualTo(2);
        assertThat(streams.err())
                .isEqualTo(
                        "fetchline: Name what to prove with: simulation, chaos, fuzz or hostile (see fetchline prove --help).\n");
    }

    private void assertUsage(String sentence, String... arguments) {
        streams = TestStreams.pipes();
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(streams.err()).isEqualTo("fetchline: " + sentence + " (see fetchline prove simulation --help).\n");
        assertThat(streams.out()).isEmpty();
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "prove";
        all[1] = "simulation";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Main.commandLine(streams.streams(), new Home(directory, "Linux", "amd64"))
                .execute(all);
    }
}
