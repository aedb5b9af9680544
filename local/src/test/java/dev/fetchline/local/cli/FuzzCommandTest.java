package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzCommandTest {
    @TempDir
    Path directory;

    private TestStreams streams = TestStreams.pipes();

    @Test
    void every_target_has_its_line() {
        assertThat(execute("--minutes", "0.02", "--seed", "7")).isZero();
        assertThat(streams.out())
                .startsWith("seed 7\n")
                .contains("messages ", "urls ", "locations ", "retry-after ", "charsets ", "content ", " %")
                .containsPattern("\n[0-9,]+ inputs: every promise kept\n$");
        assertThat(streams.err()).isEmpty();
    }

    @Test
    void one_target_alone() {
        assertThat(execute("--minutes", "0.01", "--target", "locations")).isZero();
        assertThat(streams.out()).contains("locations ").doesNotContain("urls ");
    }

    @Test
    void wrong_usage_is_one_sentence() {
        assertUsage("--minutes 0.0: expected a number above 0 and up to 10000", "--minutes", "0");
        assertUsage("--minutes NaN: expected a number above 0 and up to 10000", "--minutes", "NaN");
        assertUsage(
                "--target url: expected one of messages, urls, locations, retry-after, charsets, content",
                "--target",
                "url");
    }

    private void assertUsage(String sentence, String... arguments) {
        streams = TestStreams.pipes();
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(streams.err()).isEqualTo("fetchline: " + sentence + " (see fetchline prove fuzz --help).\n");
        assertThat(streams.out()).isEmpty();
    }

    private int execute(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "prove";
        all[1] = "fuzz";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Main.commandLine(streams.streams(), new Home(directory, "Linux", "amd64"))
                .execute(all);
    }
}
