package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The deployed template's numbers and rules, which no linter knows; each also at the ends of its parameters' ranges.
class StackTemplateRelationsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path TEMPLATE = ROOT.resolve("template.yaml");
    private static final long DAY_SECONDS = 86_400;
    private static final int IN_FLIGHT_MAX = 120_000;
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Map<String, @Nullable Object> DOCUMENT = TemplateYaml.read(TEMPLATE);

    static List<Map<String, String>> settings() {
        return List.of(Map.of(), extreme("MinValue"), extreme("MaxValue"));
    }

    /// Every number parameter at one end of its range.
    private static Map<String, String> extreme(String end) {
        Map<String, String> values = new LinkedHashMap<>();
        at(DOCUMENT, "Parameters").forEach((name, declaration) -> {
            Object value = TemplateYaml.map(declaration, name).get(end);
            if (value != null) {
                values.put(name, value.toString());
            }
        });
        assertThat(values).containsKeys("BatchSize", "MaximumConcurrency", "TimeoutMs");
        return values;
    }

    private static StackDefinition stack(Map<String, String> parameters) {
        return StackTemplate.read(TEMPLATE, parameters).define(URI.create("http://127.0.0.1:1"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_late_writer_is_gone_before_its_message_comes_again(Map<String, String> parameters) {
        StackDefinition stack = stack(parameters);
        assertThat(number(stack.queue(), "VisibilityTimeout"))
                .isGreaterThanOrEqualTo(6 * stack.function().timeout().toSeconds()
                        + stack.mapping().window().toSeconds());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void batches_in_flight_fit_the_queue_s_limit(Map<String, String> parameters) {
        MappingDefinition mapping = stack(parameters).mapping();
        assertThat(mapping.batchSize() * mapping.concurrencyMax()).isLessThanOrEqualTo(IN_FLIGHT_MAX);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_batch_above_ten_has_a_window(Map<String, String> parameters) {
        MappingDefinition mapping = stack(parameters).mapping();
        assertThat(mapping.batchSize() <= 10 || mapping.window().toSeconds() >= 1)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void an_attempt_fits_the_function_s_timeout(Map<String, String> parameters) {
        FunctionDefinition function = stack(parameters).function();
        Duration attempt =
                Duration.ofMillis(Long.parseLong(function.environment().get("FETCH_TIMEOUT_MS")));
        assertThat(attempt.plus(MARGIN)).isLessThan(function.timeout());
    }

    @Test
    void dead_letters_outlive_the_queue_they_come_from() {
        StackDefinition stack = stack(Map.of());
        assertThat(number(stack.queue(), "MessageRetentionPeriod")).isEqualTo(7 * DAY_SECONDS);
        assertThat(number(stack.deadLetterQueue(), "MessageRetentionPeriod")).isEqualTo(14 * DAY_SECONDS);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_url_is_given_up_before_its_message_and_its_record_expire(Map<String, String> parameters) {
        StackDefinition stack = stack(parameters);
        Map<String, String> environment = stack.function().environment();
        long ageSeconds = Long.parseLong(environment.get("FETCH_AGE_MAX_HOURS")) * 3_600;
        long recordSeconds = Long.parseLong(environment.get("FETCH_RESULT_TTL_DAYS")) * DAY_SECONDS;
        assertThat(ageSeconds + DAY_SECONDS).isLessThanOrEqualTo(number(stack.queue(), "MessageRetentionPeriod"));
        assertThat(ageSeconds).isLessThanOrEqualTo(recordSeconds);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_wait_inside_an_invocation_fits_it(Map<String, String> parameters) {
        FunctionDefinition function = stack(parameters).function();
        Duration wait = Duration.ofMillis(Long.parseLong(function.environment().get("FETCH_WAIT_INSIDE_MAX_MS")));
        assertThat(wait.plus(MARGIN)).isLessThan(function.timeout());
    }

    @Test
    void an_alarm_watches_over_the_loop_that_lambda_does_not_stop() {
        String alarm = resource("DeferralShareAlarm").toString();
        assertThat(alarm).contains("AWS::CloudWatch::Alarm", "MetricName=Deferred", "MetricName=Urls");
    }

    @Test
    void failed_messages_are_reported_one_by_one() {
        assertThat(stack(Map.of()).mapping().reportsFailures()).isTrue();
    }

    @Test
    void the_function_may_feed_its_own_queue() {
        assertThat(at(resource("FetchFunction"), "Properties").get("RecursiveLoop"))
                .isEqualTo("Allow");
    }

    @Test
    void snapshots_are_off_by_default_and_of_published_versions_which_the_queue_feeds() {
        assertThat(stack(Map.of()).function().snapStart()).isFalse();
        assertThat(stack(Map.of("SnapStart", "PublishedVersions")).function().snapStart())
                .isTrue();
        assertThat(at(resource("FetchFunction"), "Properties"))
                .containsKey("AutoPublishAlias")
                .containsEntry("AutoPublishAliasAllProperties", true);
    }

    /// Lambda compiles further with SnapStart, and the first event after a restore would pay for it.
    @Test
    void the_compiler_is_the_same_with_snapshots_and_without() {
        assertThat(stack(Map.of()).function().environment().get("JAVA_TOOL_OPTIONS"))
                .contains("-XX:TieredStopAtLevel=1");
    }

    @Test
    void no_policy_has_a_wildcard() {
        List<String> found = new ArrayList<>();
        resources().forEach((id, resource) -> {
            Object policies = at(TemplateYaml.map(resource, id), "Properties").get("Policies");
            texts(policies, found);
        });
        assertThat(found).isNotEmpty().noneMatch(text -> text.contains("*"));
    }

    @Test
    void the_results_survive_the_stack() {
        assertThat(resource("ResultsTable"))
                .containsEntry("DeletionPolicy", "Retain")
                .containsEntry("UpdateReplacePolicy", "Retain");
    }

    @Test
    void every_function_has_a_makefile_target() throws IOException {
        List<String> makefile = Files.readAllLines(ROOT.resolve("Makefile"));
        List<String> functions = resources().keySet().stream()
                .filter(id -> "AWS::Serverless::Function".equals(resource(id).get("Type")))
                .toList();
        assertThat(functions).contains("FetchFunction").allSatisfy(id -> {
            assertThat(at(resource(id), "Metadata")).containsEntry("BuildMethod", "makefile");
            assertThat(makefile).contains("build-" + id + ":");
        });
    }

    @Test
    void every_parameter_says_what_it_is() {
        at(DOCUMENT, "Parameters")
                .forEach((name, declaration) -> assertThat(
                                TemplateYaml.map(declaration, name).get("Description"))
                        .asString()
                        .as(name)
                        .endsWith("."));
    }

    private static long number(QueueDefinition queue, String attribute) {
        return Long.parseLong(queue.attributes().getOrDefault(attribute, "0"));
    }

    private static Map<String, @Nullable Object> resources() {
        return at(DOCUMENT, "Resources");
    }

    private static Map<String, @Nullable Object> resource(String id) {
        return at(resources(), id);
    }

    private static Map<String, @Nullable Object> at(Map<String, @Nullable Object> parent, String key) {
        Object child = parent.get(key);
        return child == null ? Map.of() : TemplateYaml.map(child, key);
    }

    private static void texts(@Nullable Object node, List<String> found) {
        switch (node) {
            case Map<?, ?> map -> map.values().forEach(value -> texts(value, found));
            case List<?> list -> list.forEach(value -> texts(value, found));
            case null -> {}
            default -> found.add(node.toString());
        }
    }
}
