package dev.fetchline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.record.BodyStorage;
import dev.fetchline.retry.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The knobs: what they take, and the sentence for what they do not.
final class FetchSettingsTest {
    private static FetchSettings read(String... settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "RESULTS_TABLE", "t", "SOURCE_QUEUE_URL", "https://q/s", "DEAD_LETTER_QUEUE_URL", "https://q/d"));
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        return FetchSettings.fromEnvironment(environment);
    }

    private static void refuses(String text, String... settings) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(settings)).withMessage(text);
    }

    @Test
    void what_is_not_set_has_the_value_of_the_readme() {
        FetchSettings settings = read("PATH", "/bin", "FETCH_TIMEOUT_MS", " ");
        assertThat(settings.inFlightMax()).isEqualTo(256);
        assertThat(settings.inFlightPerHostMax()).isEqualTo(6);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.attemptsMax()).isEqualTo(4);
        assertThat(settings.waits()).isEqualTo(new Waits(Duration.ofSeconds(10), Duration.ofHours(1)));
        assertThat(settings.ageMax()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.redirectsMax()).isEqualTo(10);
        assertThat(settings.bodyBytesMax()).isEqualTo(1_048_576);
        assertThat(settings.bodyStorage()).isEqualTo(BodyStorage.TEXT);
        assertThat(settings.storedBodyBytesMax()).isEqualTo(16_384);
        assertThat(settings.resultTimeToLive()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.extraCaFile()).isNull();
        assertThat(settings.debugLog()).isFalse();
        assertThat(settings.batchesTable()).isNull();
        assertThat(read("FETCH_BATCHES_TABLE", "").batchesTable()).isNull();
    }

    @Test
    void what_is_set_is_taken() {
        assertThat(read("FETCH_BATCHES_TABLE", " batches ").batchesTable()).isEqualTo("batches");
        assertThat(read("FETCH_STORE_BODY", "all").bodyStorage()).isEqualTo(BodyStorage.ALL);
        assertThat(read("FETCH_USER_AGENT", " me/1 ").userAgent()).isEqualTo("me/1");
        assertThat(read("FETCH_LOG_LEVEL", "DEBUG").debugLog()).isTrue();
        assertThat(read("FETCH_REDIRECTS_MAX", "0").redirectsMax()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "FETCH_IN_FLIGHT_MAX, 1, 600",
        "FETCH_IN_FLIGHT_PER_HOST_MAX, 1, 600",
        "FETCH_TIMEOUT_MS, 1, 840000",
        "FETCH_ATTEMPTS_MAX, 1, 20",
        "FETCH_REDIRECTS_MAX, 0, 50",
        "FETCH_BODY_BYTES_MAX, 0, 67108864",
        "FETCH_STORED_BODY_BYTES_MAX, 0, 350000",
        "FETCH_WAIT_INSIDE_MAX_MS, 0, 840000",
        "FETCH_RETRY_WAIT_MAX_MS, 0, 43200000",
        "FETCH_AGE_MAX_HOURS, 1, 144",
        "FETCH_RESULT_TTL_DAYS, 1, 3650"
    })
    void a_number_is_whole_and_within_its_bounds(String name, int min, int max) {
        assertThat(read(name, Integer.toString(min))).isNotNull();
        assertThat(read(name, Integer.toString(max))).isNotNull();
        String expected = ", expected a whole number from " + min + " to " + max;
        for (String bad : new String[] {"" + (min - 1), "" + (max + 1), "x", "1.5", "99999999999"}) {
            refuses(name + ": found \"" + bad + "\"" + expected, name, bad);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FETCH_STORE_BODY | TEXT | none, text or all",
                "FETCH_LOG_LEVEL | debug | INFO or DEBUG",
                "FETCH_USER_AGENT | caf\u00e9 | printable ASCII, as a User-Agent header takes it",
                "FETCH_EXTRA_CA_FILE | /no/such/file | a readable PEM file with at least one certificate"
            })
    void another_value_is_refused_with_its_name_and_what_was_expected(String name, String value, String expected) {
        refuses(name + ": found \"" + value + "\", expected " + expected, name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FETCH_ALLOW_NETWORKS", "FETCH_DENY_NETWORKS", "FETCH_ALLOW_PORTS"})
    void networks_and_ports_say_what_they_take(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(name, "nonsense"))
                .withMessageStartingWith(name + ": found \"nonsense\", expected ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RESULTS_TABLE | the name of the results table",
                "SOURCE_QUEUE_URL | the URL of the queue that feeds the function",
                "DEAD_LETTER_QUEUE_URL | the URL of the dead-letter queue"
            })
    void what_must_be_set_says_so(String name, String expected) {
        refuses(name + ": not set, expected " + expected, name, " ");
    }

    @Test
    void a_slip_of_the_pen_is_no_silent_default() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("FETCH_TIMEOUT", "5"))
                .withMessageStartingWith("FETCH_TIMEOUT: no such setting; known are ")
                .withMessageContaining("FETCH_TIMEOUT_MS");
    }

    @Test
    void a_file_without_certificates_names_its_setting(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
        refuses(
                "FETCH_EXTRA_CA_FILE: found \"" + file
                        + "\", expected a readable PEM file with at least one certificate",
                "FETCH_EXTRA_CA_FILE",
                file.toString());
    }

    @Test
    void records_live_at_least_as_long_as_their_urls_may_be_tried() {
        refuses(
                "FETCH_RESULT_TTL_DAYS: found 1, expected at least the 25 hours of FETCH_AGE_MAX_HOURS",
                "FETCH_RESULT_TTL_DAYS",
                "1",
                "FETCH_AGE_MAX_HOURS",
                "25");
    }

    @Test
    void a_long_value_is_shown_in_part() {
        refuses(
                "FETCH_LOG_LEVEL: found \"" + "x".repeat(200) + "…\", expected INFO or DEBUG",
                "FETCH_LOG_LEVEL",
                "x".repeat(5_000));
    }
}
