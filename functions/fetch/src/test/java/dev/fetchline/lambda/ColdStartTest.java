package dev.fetchline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fetchline.pace.SystemTime;
import dev.fetchline.pipeline.FetchSettings;
import dev.fetchline.testing.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is made side by side at a start, and what is said when one side fails.
final class ColdStartTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "RESULTS_TABLE",
            "results",
            "SOURCE_QUEUE_URL",
            "https://sqs.test/fetch",
            "DEAD_LETTER_QUEUE_URL",
            "https://sqs.test/dead");

    private static ColdStart start(FetchSettings settings, Map<String, String> environment) {
        return new ColdStart(environment, settings, InetAddress::getAllByName, new SystemTime());
    }

    @Test
    void all_there_is_to_make_gives_a_pipeline() {
        assertThat(start(FetchSettings.fromEnvironment(REQUIRED), Map.of("AWS_REGION", "eu-central-1"))
                        .pipeline())
                .isNotNull();
    }

    @Test
    void a_failure_of_the_sdk_s_side_is_told_in_its_own_words() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(FetchSettings.fromEnvironment(REQUIRED), Map.of("AWS_REGION", ""))
                        .pipeline())
                .withMessageContaining("region")
                .satisfies(failure -> assertThat(failure.getStackTrace())
                        .as("of the thread that it failed on")
                        .anyMatch(frame -> frame.getClassName().equals(AwsClients.class.getName())));
    }

    /// The queues' client is made later; what is wrong with its settings is said now.
    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void an_endpoint_of_the_queues_that_is_none_stops_the_start(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(
                                FetchSettings.fromEnvironment(REQUIRED),
                                Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_SQS", endpoint))
                        .pipeline())
                .withMessage("AWS_ENDPOINT_URL_SQS: found \"" + endpoint
                        + "\", expected http:// or https:// and a host, or no such variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a url", "127.0.0.1:1", "http://", "/path", "ftp://x/"})
    void so_does_one_that_cannot_be_read(String endpoint) {
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.put("AWS_ENDPOINT_URL_SQS", endpoint);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FetchSettings.fromEnvironment(environment))
                .withMessageContaining("AWS_ENDPOINT_URL_SQS");
    }

    @Test
    void a_failure_of_the_web_s_side_is_told_in_its_own_words(@TempDir Path directory) throws IOException {
        Path pem = TestCertificate.draft("authority").authority().signed().pemIn(directory);
        Map<String, String> environment = new HashMap<>(REQUIRED);
        environment.put("FETCH_EXTRA_CA_FILE", pem.toString());
        FetchSettings settings = FetchSettings.fromEnvironment(environment);
        Files.writeString(pem, "gone meanwhile");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> start(settings, Map.of("AWS_REGION", "us-east-1")).pipeline())
                .withMessageContaining(pem.toString());
    }

    @Test
    void snapshots_are_taken_of_environments_that_say_so() {
        FetchSettings settings = FetchSettings.fromEnvironment(REQUIRED);
        String type = "AWS_LAMBDA_INITIALIZATION_TYPE";
        assertThat(start(settings, Map.of(type, "snap-start")).isForSnapshot()).isTrue();
        assertThat(start(settings, Map.of(type, "on-demand")).isForSnapshot()).isFalse();
        assertThat(start(settings, Map.of()).isForSnapshot()).isFalse();
    }
}
