package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordTest {
    @Test
    void a_plain_name_stays_as_it_is() {
        assertThat(ShellWord.of("nightly/2026-11_23")).isEqualTo("nightly/2026-11_23");
        assertThat(ShellWord.argument("nightly")).isEqualTo("nightly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my batch; rm -rf x", "it's", "$HOME `id` \"x\"", "*", "~", "#x", "caf\u00e9", "-x", "a\\b"})
    void a_shell_reads_it_as_it_was(String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + ShellWord.of(text)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Test
    void what_begins_with_a_dash_is_kept_from_being_an_option() {
        assertThat(ShellWord.argument("-my batch")).isEqualTo("-- '-my batch'");
    }
}
