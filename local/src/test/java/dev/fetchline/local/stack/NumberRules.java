package dev.fetchline.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.fetchline.pipeline.FetchSettings;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Numbers that fit together, also at the ends of the parameters' ranges.
final class NumberRules {
    private static final long DAY_SECONDS = 86_400;
    /// Of a standard queue (its quotas page).
    private static final int IN_FLIGHT_MAX = 120_000;

    /// Of one environment (Lambda's quotas page), less what the JVM, its jars and the calls of AWS hold.
    private static final int SOCKETS_MAX = 1_024 - 300;

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private NumberRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("a late writer is gone before its message comes again", NumberRules::visibility),
                new TemplateRule("batches in flight fit the queue's limit", NumberRules::inFlight),
                new TemplateRule("a batch above ten has a window", NumberRules::window),
                new TemplateRule("an attempt fits the function's timeout", NumberRules::attempt),
                new TemplateRule("a wait inside an invocation fits it", NumberRules::waiting),
                new TemplateRule("requests in flight fit the file descriptors", NumberRules::descriptors),
                new TemplateRule("connections of all requests in flight are kept", NumberRules::pool),
                new TemplateRule("dead letters outlive the queue they come from", NumberRules::retention),
                new TemplateRule("all receives of a message fit the queue's retention", NumberRules::receives),
                new TemplateRule("a URL is given up before its message and its record expire", NumberRules::age),
                new TemplateRule("the function starts with every value that is allowed", NumberRules::settings));
    }

    private static void visibility(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack -> assertThat(number(stack.queue(), "VisibilityTimeout"))
                        .isGreaterThanOrEqualTo(6 * stack.function().timeout().toSeconds()
                                + stack.mapping().window().toSeconds()));
    }

    private static void inFlight(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack -> assertThat(
                                stack.mapping().batchSize() * stack.mapping().concurrencyMax())
                        .isLessThanOrEqualTo(IN_FLIGHT_MAX));
    }

    private static void window(CheckedTemplate template) {
        // Any size of batch may meet any window.
        int largest = template.stacks().stream()
                .mapToInt(stack -> stack.mapping().batchSize())
                .max()
                .orElseThrow();
        assertThat(template.stacks())
                .allSatisfy(stack ->
                        assertThat(stack.mapping().window().toSeconds()).isGreaterThanOrEqualTo(largest > 10 ? 1 : 0));
    }

    private static void attempt(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack -> assertThat(Duration.ofMillis(setting(stack, "FETCH_TIMEOUT_MS"))
                                .plus(MARGIN))
                        .isLessThan(stack.function().timeout()));
    }

    private static void waiting(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack -> assertThat(Duration.ofMillis(setting(stack, "FETCH_WAIT_INSIDE_MAX_MS"))
                                .plus(MARGIN))
                        .isLessThan(stack.function().timeout()));
    }

    private static void descriptors(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack ->
                        assertThat(setting(stack, "FETCH_IN_FLIGHT_MAX")).isLessThanOrEqualTo(SOCKETS_MAX));
    }

    private static void pool(CheckedTemplate template) {
        StackDefinition stack = template.stacks().getFirst();
        long kept = Pattern.compile("-Djdk\\.httpclient\\.connectionPoolSize=(\\d+)")
                .matcher(stack.function().environment().get("JAVA_TOOL_OPTIONS"))
                .results()
                .map((MatchResult found) -> Long.parseLong(found.group(1)))
                .findFirst()
                .orElse(0L);
        assertThat(kept).isGreaterThanOrEqualTo(setting(stack, "FETCH_IN_FLIGHT_MAX"));
    }

    private static void retention(CheckedTemplate template) {
        StackDefinition stack = template.stacks().getFirst();
        assertThat(number(stack.queue(), "MessageRetentionPeriod")).isEqualTo(7 * DAY_SECONDS);
        assertThat(number(stack.deadLetterQueue(), "MessageRetentionPeriod")).isEqualTo(14 * DAY_SECONDS);
    }

    private static void receives(CheckedTemplate template) {
        QueueDefinition queue = template.stacks().getFirst().queue();
        Object receives = CheckedTemplate.value(template.properties("FetchQueue"), "RedrivePolicy", "maxReceiveCount");
        assertThat(receives).isEqualTo(8); // as docs/operations.md reckons: an hour and a half until a dead letter
        assertThat((int) receives * number(queue, "VisibilityTimeout"))
                .isLessThan(number(queue, "MessageRetentionPeriod") - DAY_SECONDS);
    }

    private static void age(CheckedTemplate template) {
        long longest = template.stacks().stream()
                .mapToLong(stack -> setting(stack, "FETCH_AGE_MAX_HOURS") * 3_600)
                .max()
                .orElseThrow();
        assertThat(template.stacks()).allSatisfy(stack -> {
            assertThat(longest + DAY_SECONDS).isLessThanOrEqualTo(number(stack.queue(), "MessageRetentionPeriod"));
            assertThat(longest).isLessThanOrEqualTo(setting(stack, "FETCH_RESULT_TTL_DAYS") * DAY_SECONDS);
        });
    }

    private static void settings(CheckedTemplate template) {
        assertThat(template.stacks())
                .allSatisfy(stack -> assertThatCode(() ->
                                FetchSettings.fromEnvironment(stack.function().environment()))
                        .doesNotThrowAnyException());
    }

    private static long setting(StackDefinition stack, String variable) {
        return Long.parseLong(stack.function().environment().get(variable));
    }

    private static long number(QueueDefinition queue, String attribute) {
        return Long.parseLong(queue.attributes().getOrDefault(attribute, "0"));
    }
}
