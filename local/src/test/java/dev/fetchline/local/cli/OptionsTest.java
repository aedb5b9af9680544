package dev.fetchline.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class OptionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"10,10000", "10s,10000", "1500ms,1500", "1.5s,1500", "2m,120000", "0.001s,1", "1ms,1"})
    void durations(String text, long millis) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "5x", "ms", "1h", "0.0001s", " 5", "99999999", "1e3"})
    void no_durations(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is no duration");
    }

    @Test
    void options_become_the_functions_environment() {
        assertThat(environmentOf(
                        "--allow-network", "127.0.0.0/8",
                        "--allow-network", "10.0.0.0/8",
                        "--allow-port", "3000",
                        "--allow-port", "8000-9000",
                        "--timeout", "1500ms",
                        "--set", "FETCH_USER_AGENT=a=b"))
                .isEqualTo(Map.of(
                        "FETCH_ALLOW_NETWORKS", "127.0.0.0/8,10.0.0.0/8",
                        "FETCH_ALLOW_PORTS", "80,443,8080,8443,3000,8000-9000",
                        "FETCH_TIMEOUT_MS", "1500",
                        "FETCH_USER_AGENT", "a=b"));
    }

    @Test
    void options_add_to_what_set_gives() {
        assertThat(environmentOf("--set", "FETCH_ALLOW_PORTS=443", "--allow-port", "3000"))
                .containsEntry("FETCH_ALLOW_PORTS", "443,3000");
        assertThat(environmentOf("--set", "FETCH_ALLOW_NETWORKS=10.0.0.0/8", "--allow-network", "::1/128"))
                .containsEntry("FETCH_ALLOW_NETWORKS", "10.0.0.0/8,::1/128");
        assertThat(environmentOf("--set", "FETCH_ALLOW_PORTS=", "--allow-port", "3000"))
                .containsEntry("FETCH_ALLOW_PORTS", "80,443,8080,8443,3000");
    }

    @Test
    void without_options_the_template_decides() {
        assertThat(environmentOf()).isEmpty();
    }

    @Test
    void knobs_are_named_with_their_fault() {
        assertFault("--set X: no such knob", "--set", "X=1");
        assertFault("--set RESULTS_TABLE", "--set", "RESULTS_TABLE=mine");
        assertFault("no such knob; known are FETCH_AGE_MAX_HOURS, ", "--set", "FETCH_ATTEMPTS=1");
        assertFault("--set FETCH_ATTEMPTS_MAX: expected NAME=VALUE", "--set", "FETCH_ATTEMPTS_MAX");
        assertFault("--set =1: expected NAME=VALUE", "--set", "=1");
        assertFault("is given twice", "--set", "FETCH_ATTEMPTS_MAX=1", "--set", "FETCH_ATTEMPTS_MAX=2");
        assertFault("same knob", "--set", "FETCH_TIMEOUT_MS=1", "--timeout", "1");
        assertFault("FETCH_ATTEMPTS_MAX: found \"many\", expected a whole number", "--set", "FETCH_ATTEMPTS_MAX=many");
        assertFault("FETCH_ATTEMPTS_MAX: found \"٣\", expected a whole", "--set", "FETCH_ATTEMPTS_MAX=٣");
        assertFault("FETCH_TIMEOUT_MS: found \"6000000\"", "--timeout", "100m");
    }

    @Test
    void extra_ca_must_hold_certificates() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path text = Files.writeString(directory.resolve("text.pem"), "no certificate");
        assertFault("holds no certificates", "--extra-ca", empty.toString());
        assertFault("holds no certificates", "--extra-ca", text.toString());
        assertFault("it is a directory", "--extra-ca", directory.toString());
        assertFault("no such file", "--extra-ca", directory.resolve("none").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--allow-network,127.0.0.1/33",
        "--allow-network,localhost",
        "--allow-network,10.1.0.0/8",
        "--allow-port,0",
        "--allow-port,65536",
        "--allow-port,9000-8000",
        "--allow-port,http",
        "--resolve,''",
        "--resolve,a.test",
        "--resolve,a.test=b.test",
        "--resolve,a.test=192.0.2.1 b.test=192.0.2.2",
        "--resolve,a.test=192.0.2.1;b.test=192.0.2.2",
        "--endpoint,localhost:4566",
        "--endpoint,https://sqs.us-east-1.amazonaws.com",
        "--timeout,soon",
        "--concurrency,0",
        "--concurrency,999",
        "--concurrency,two"
    })
    void values_that_make_no_sense_are_usage_errors(String option, String value) {
        TestStreams streams = TestStreams.pipes();
        Home home = new Home(directory, "Linux", "amd64");
        int exitCode = Main.commandLine(streams.streams(), home).execute("run", option, value, "x.txt");
        assertThat(exitCode).isEqualTo(2);
        assertThat(streams.err())
                .startsWith("fetchline: ")
                .contains(option)
                .contains(value)
                .hasLineCount(1);
    }

    private static Map<String, String> environmentOf(String... arguments) {
        FetchOptions options = new FetchOptions();
        new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).parseArgs(arguments);
        return options.functionEnvironment();
    }

    private static void assertFault(String part, String... arguments) {
        assertThatThrownBy(() -> environmentOf(arguments))
                .isInstanceOf(CliException.class)
                .hasMessageContaining(part);
    }
}
