package dev.fetchline.pipeline;

import dev.fetchline.guard.DeniedEndpoint;
import dev.fetchline.guard.FixedNames;
import dev.fetchline.guard.Networks;
import dev.fetchline.guard.PortRanges;
import dev.fetchline.guard.UrlGuard;
import dev.fetchline.http.FetchClient;
import dev.fetchline.record.BodyStorage;
import dev.fetchline.retry.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All that the environment decides, read and validated once at start. The README's configuration table
/// is this list.
public record FetchSettings(
        String resultsTable,
        String sourceQueueUrl,
        String deadLetterQueueUrl,
        int inFlightMax,
        int inFlightPerHostMax,
        Duration timeout,
        int attemptsMax,
        Waits waits,
        Duration ageMax,
        int redirectsMax,
        int bodyBytesMax,
        BodyStorage bodyStorage,
        int storedBodyBytesMax,
        Duration resultTimeToLive,
        String userAgent,
        Networks allowNetworks,
        Networks denyNetworks,
        PortRanges allowPorts,
        boolean downgradeAllowed,
        FixedNames fixedNames,
        @Nullable Path extraCaFile,
        boolean debugLog,
        @Nullable String batchesTable,
        List<DeniedEndpoint> deniedEndpoints) {
    private static final Set<String> NAMES = Set.of(
            "RESULTS_TABLE",
            "SOURCE_QUEUE_URL",
            "DEAD_LETTER_QUEUE_URL",
            "FETCH_IN_FLIGHT_MAX",
            "FETCH_IN_FLIGHT_PER_HOST_MAX",
            "FETCH_TIMEOUT_MS",
            "FETCH_ATTEMPTS_MAX",
            "FETCH_WAIT_INSIDE_MAX_MS",
            "FETCH_RETRY_WAIT_MAX_MS",
            "FETCH_AGE_MAX_HOURS",
            "FETCH_REDIRECTS_MAX",
            "FETCH_BODY_BYTES_MAX",
            "FETCH_STORE_BODY",
            "FETCH_STORED_BODY_BYTES_MAX",
            "FETCH_RESULT_TTL_DAYS",
            "FETCH_USER_AGENT",
            "FETCH_ALLOW_NETWORKS",
            "FETCH_DENY_NETWORKS",
            "FETCH_ALLOW_PORTS",
            "FETCH_ALLOW_HTTPS_TO_HTTP",
            "FETCH_RESOLVE",
            "FETCH_EXTRA_CA_FILE",
            "FETCH_LOG_LEVEL",
            "FETCH_BATCHES_TABLE");

    /// The environment variables that this function reads, those of Lambda itself aside.
    public static Set<String> environmentNames() {
        return NAMES;
    }

    /// Reads the settings. An empty value counts as not set.
    ///
    /// @throws IllegalArgumentException with one sentence that names the variable, its value and the
    ///     expected form, or a `FETCH_` variable that does not exist, most likely a slip of the pen
    public static FetchSettings fromEnvironment(Map<String, String> environment) {
        refuseUnknownNames(environment);
        Knobs knobs = new Knobs(environment);
        int inFlightMax = knobs.integer("FETCH_IN_FLIGHT_MAX", 256, 1, 600);
        // Below the 7 days that the queue keeps a message, with a day to spare.
        Duration ageMax = Duration.ofHours(knobs.integer("FETCH_AGE_MAX_HOURS", 24, 1, 144));
        return new FetchSettings(
                knobs.required("RESULTS_TABLE", "the name of the results table"),
                knobs.required("SOURCE_QUEUE_URL", "the URL of the queue that feeds the function"),
                knobs.required("DEAD_LETTER_QUEUE_URL", "the URL of the dead-letter queue"),
                inFlightMax,
                // More for one host than for all is no fault: the limit overall holds anyway.
                knobs.integer("FETCH_IN_FLIGHT_PER_HOST_MAX", 6, 1, 600),
                Duration.ofMillis(knobs.integer("FETCH_TIMEOUT_MS", 20_000, 1, 840_000)),
                knobs.integer("FETCH_ATTEMPTS_MAX", 4, 1, 20),
                new Waits(
                        Duration.ofMillis(knobs.integer("FETCH_WAIT_INSIDE_MAX_MS", 10_000, 0, 840_000)),
                        Duration.ofMillis(knobs.integer("FETCH_RETRY_WAIT_MAX_MS", 3_600_000, 0, 43_200_000))),
                ageMax,
                knobs.integer("FETCH_REDIRECTS_MAX", 10, 0, 50),
                knobs.integer("FETCH_BODY_BYTES_MAX", 1024 * 1024, 0, 64 * 1024 * 1024),
                knobs.value(
                        "FETCH_STORE_BODY",
                        "text",
                        "none, text or all",
                        value -> BodyStorage.read(value).orElseThrow(IllegalArgumentException::new)),
                knobs.integer("FETCH_STORED_BODY_BYTES_MAX", 16 * 1024, 0, 350_000),
                resultTimeToLive(knobs, ageMax),
                knobs.value(
                        "FETCH_USER_AGENT",
                        "Fetchline/0.1 (+https://example.com/fetchline-contact-not-set)",
                        "printable ASCII, as a User-Agent header takes it",
                        FetchSettings::headerValue),
                knobs.value(
                        "FETCH_ALLOW_NETWORKS",
                        "",
                        "networks such as 10.0.0.0/8, separated by commas",
                        Networks::parse),
                knobs.value(
                        "FETCH_DENY_NETWORKS", "", "networks such as 10.0.0.0/8, separated by commas", Networks::parse),
                knobs.value(
                        "FETCH_ALLOW_PORTS",
                        "80,443,8080,8443",
                        "ports and ranges such as 80,443,8000-9000",
                        PortRanges::parse),
                knobs.value("FETCH_ALLOW_HTTPS_TO_HTTP", "false", "true or false", FetchSettings::isTrue),
                knobs.value(
                        "FETCH_RESOLVE",
                        "",
                        "names and their addresses such as a.test=192.0.2.1,192.0.2.2, separated by spaces",
                        FixedNames::parse),
                knobs.optional(
                        "FETCH_EXTRA_CA_FILE",
                        "a readable PEM file with at least one certificate",
                        FetchSettings::certificateFile),
                knobs.value("FETCH_LOG_LEVEL", "INFO", "INFO or DEBUG", FetchSettings::isDebug),
                knobs.optional(
                        "FETCH_BATCHES_TABLE",
                        "the name of a table: 3 to 255 letters, digits, dots, hyphens and underscores",
                        FetchSettings::tableName),
                UrlGuard.endpointsOf(environment));
    }

    /// What may be fetched by these settings.
    public UrlGuard guard() {
        return new UrlGuard(allowPorts, allowNetworks, denyNetworks, deniedEndpoints, downgradeAllowed);
    }

    /// A record that expires while its URL is still being tried would let the URL vanish.
    private static Duration resultTimeToLive(Knobs knobs, Duration ageMax) {
        int days = knobs.integer("FETCH_RESULT_TTL_DAYS", 30, 1, 3_650);
        if (Duration.ofDays(days).compareTo(ageMax) < 0) {
            throw new IllegalArgumentException("FETCH_RESULT_TTL_DAYS: found " + days + ", expected at least the "
                    + ageMax.toHours() + " hours of FETCH_AGE_MAX_HOURS");
        }
        return Duration.ofDays(days);
    }

    private static void refuseUnknownNames(Map<String, String> environment) {
        for (String name : environment.keySet()) {
            if (name.startsWith("FETCH_") && !NAMES.contains(name)) {
                throw new IllegalArgumentException(name + ": no such setting; known are "
                        + String.join(", ", NAMES.stream().sorted().toList()));
            }
        }
    }

    private static String headerValue(String value) {
        if (!value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    /// As DynamoDB has it (its developer guide, "Naming rules").
    private static String tableName(String value) {
        if (!value.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static Path certificateFile(String value) {
        Path file = Path.of(value);
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || !FetchClient.holdsCertificates(file)) {
            throw new IllegalArgumentException();
        }
        return file;
    }

    private static boolean isTrue(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static boolean isDebug(String value) {
        return switch (value) {
            case "DEBUG" -> true;
            case "INFO" -> false;
            default -> throw new IllegalArgumentException();
        };
    }
}
