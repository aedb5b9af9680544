package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether an alarm can go off at all, and says something when it does.
final class AlarmRules {
    private static final long DAY_SECONDS = 86_400;
    private static final Map<String, String> OWN_DIMENSION = Map.of("FunctionName", "FetchFunction");

    /// Each alarm with what it looks at.
    private static final String WATCHED = """
            DeadLettersAlarm: AWS/SQS ApproximateNumberOfMessagesVisible {QueueName=FetchDeadLetterQueue.QueueName} Maximum
            DeferralRateAlarm: Fetchline Deferred {FunctionName=FetchFunction} Sum
            DeferralShareAlarm: Fetchline Deferred {FunctionName=FetchFunction} Sum
            DeferralShareAlarm: Fetchline Urls {FunctionName=FetchFunction} Sum
            DurationAlarm: AWS/Lambda Duration {FunctionName=FetchFunction} Maximum
            ErrorsAlarm: AWS/Lambda Errors {FunctionName=FetchFunction} Sum
            FailedShareAlarm: Fetchline Failed {FunctionName=FetchFunction} Sum
            FailedShareAlarm: Fetchline HttpError {FunctionName=FetchFunction} Sum
            FailedShareAlarm: Fetchline Ok {FunctionName=FetchFunction} Sum
            NewVersionErrorsAlarm: AWS/Lambda Errors {ExecutedVersion=FetchFunction.Version.Version, \
            FunctionName=FetchFunction, Resource=${FetchFunction}:live} Sum
            OldestMessageAlarm: AWS/SQS ApproximateAgeOfOldestMessage {QueueName=FetchQueue.QueueName} Maximum
            RecursionAlarm: AWS/Lambda RecursiveInvocationsDropped {FunctionName=FetchFunction} Sum
            TableReadsThrottledAlarm: AWS/DynamoDB ReadThrottleEvents {TableName=ResultsTable} Sum
            TableWritesThrottledAlarm: AWS/DynamoDB WriteThrottleEvents {TableName=ResultsTable} Sum
            ThrottlesAlarm: AWS/Lambda Throttles {FunctionName=FetchFunction} Sum
            """;

    private AlarmRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("alarms look at these metrics", AlarmRules::watched),
                new TemplateRule("alarms name the function's metrics as it writes them", AlarmRules::own),
                new TemplateRule("alarms reckon with metrics that they name", AlarmRules::expressions),
                new TemplateRule("alarms tell the topic, and are quiet without data", AlarmRules::told),
                new TemplateRule("alarms go off in time", AlarmRules::thresholds),
                new TemplateRule("every alarm is explained in docs/operations.md", AlarmRules::explained));
    }

    private static void watched(CheckedTemplate template) {
        assertThat(metrics(template).stream()
                        .map(each -> each.alarm + ": " + each.namespace + " " + each.name + " " + each.dimensions + " "
                                + each.statistic)
                        .toList())
                .containsExactlyInAnyOrderElementsOf(WATCHED.lines().toList());
    }

    /// A name, unit or dimension that is not written looks like a metric without data: the alarm would stay quiet.
    private static void own(CheckedTemplate template) {
        EmittedMetrics emitted = EmittedMetrics.OF_THE_FUNCTION;
        assertThat(emitted.dimensions()).isEqualTo(List.copyOf(OWN_DIMENSION.keySet()));
        List<Watched> own = metrics(template).stream()
                .filter(each -> !each.namespace.startsWith("AWS/"))
                .toList();
        assertThat(own).isNotEmpty().allSatisfy(each -> {
            assertThat(each.namespace).isEqualTo(emitted.namespace());
            assertThat(emitted.units()).containsKey(each.name);
            assertThat(each.dimensions).isEqualTo(OWN_DIMENSION.toString());
            assertThat(each.unit == null ? emitted.units().get(each.name) : each.unit)
                    .isEqualTo(emitted.units().get(each.name));
        });
    }

    private static void expressions(CheckedTemplate template) {
        for (String alarm : template.ids("AWS::CloudWatch::Alarm")) {
            Set<String> ids = new TreeSet<>();
            Set<String> used = new TreeSet<>();
            for (Object metric : list(template.properties(alarm).get("Metrics"))) {
                if (value(metric, "Expression") instanceof String expression) {
                    used.addAll(names(expression));
                } else {
                    ids.add(String.valueOf(value(metric, "Id")));
                }
            }
            assertThat(used).as(alarm).isEqualTo(ids);
        }
    }

    /// What an expression of metric math names: functions are in capitals, ids begin with a small letter.
    static Set<String> names(String expression) {
        return Pattern.compile("\\b[a-z][A-Za-z0-9]*\\b")
                .matcher(expression)
                .results()
                .map((MatchResult found) -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void told(CheckedTemplate template) {
        Object topic = Map.of(
                "Fn::If",
                List.of("HasAlarmTopic", List.of(Map.of("Ref", "AlarmTopicArn")), Map.of("Ref", "AWS::NoValue")));
        template.ids("AWS::CloudWatch::Alarm")
                .forEach(alarm -> assertThat(template.properties(alarm))
                        .as(alarm)
                        .containsEntry("AlarmActions", topic)
                        .containsEntry("TreatMissingData", "notBreaching")
                        .containsEntry("ComparisonOperator", "GreaterThanThreshold")
                        .containsKey("AlarmDescription"));
    }

    private static void thresholds(CheckedTemplate template) {
        StackDefinition stack = template.stacks().getFirst();
        long timeout = stack.function().timeout().toMillis();
        // The function itself ends a second before Lambda would end it (FetchHandler.RESPONSE_TIME).
        assertThat(threshold(template, "DurationAlarm")).isBetween(timeout - 3_000, timeout - 1_500);
        assertThat(threshold(template, "OldestMessageAlarm")).isEqualTo(DAY_SECONDS);
        assertThat(threshold(template, "DeadLettersAlarm")).isZero();
        long receives = Long.parseLong(
                String.valueOf(value(template.properties("FetchQueue"), "RedrivePolicy", "maxReceiveCount")));
        long visibility = Long.parseLong(stack.queue().attributes().getOrDefault("VisibilityTimeout", "0"));
        // A version that does not start is known of long before its messages are dead letters.
        assertThat(4 * seconds(template, "ErrorsAlarm")).isLessThan(receives * visibility);
    }

    private static long threshold(CheckedTemplate template, String alarm) {
        return Long.parseLong(String.valueOf(template.properties(alarm).get("Threshold")));
    }

    private static long seconds(CheckedTemplate template, String alarm) {
        return Long.parseLong(String.valueOf(template.properties(alarm).get("Period")))
                * Long.parseLong(String.valueOf(template.properties(alarm).get("EvaluationPeriods")));
    }

    private static void explained(CheckedTemplate template) throws IOException {
        List<String> explained = Files.readAllLines(CheckedTemplate.ROOT.resolve("docs/operations.md"));
        assertThat(template.ids("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(explained).anyMatch(line -> line.startsWith("| `" + alarm + "` |")));
    }

    private record Watched(
            String alarm,
            String namespace,
            String name,
            String dimensions,
            String statistic,
            @Nullable Object unit) {}

    private static List<Watched> metrics(CheckedTemplate template) {
        List<Watched> found = new ArrayList<>();
        for (String alarm : template.ids("AWS::CloudWatch::Alarm")) {
            Map<String, @Nullable Object> properties = template.properties(alarm);
            if (properties.containsKey("MetricName")) {
                found.add(watched(alarm, properties, properties.get("Statistic"), properties.get("Unit")));
            }
            list(properties.get("Metrics")).stream()
                    .filter(metric -> value(metric, "MetricStat") != null)
                    .forEach(metric -> found.add(watched(
                            alarm,
                            value(metric, "MetricStat", "Metric"),
                            value(metric, "MetricStat", "Stat"),
                            value(metric, "MetricStat", "Unit"))));
        }
        return found;
    }

    private static Watched watched(
            String alarm, @Nullable Object metric, @Nullable Object statistic, @Nullable Object unit) {
        String dimensions = list(value(metric, "Dimensions")).stream()
                .map(each -> value(each, "Name") + "=" + plain(value(each, "Value")))
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
        return new Watched(
                alarm,
                String.valueOf(value(metric, "Namespace")),
                String.valueOf(value(metric, "MetricName")),
                dimensions,
                String.valueOf(statistic),
                unit);
    }
}
