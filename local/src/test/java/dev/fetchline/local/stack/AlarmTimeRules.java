package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.plain;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long what is wrong before an alarm goes off: as its description and docs/operations.md say it.
final class AlarmTimeRules {
    /// What has to be above which threshold, in how many of how many spans of so many seconds.
    private static final Map<String, String> TIMES = Map.ofEntries(
            Map.entry("DeadLettersAlarm", "> 0 in 1 of 1 x 300 s"),
            Map.entry("OldestMessageAlarm", "> 86400 in 3 of 3 x 300 s"),
            Map.entry("ErrorsAlarm", "> 0 in 2 of 3 x 300 s"),
            Map.entry("ThrottlesAlarm", "> 0 in 3 of 3 x 300 s"),
            Map.entry("RecursionAlarm", "> 0 in 1 of 1 x 300 s"),
            Map.entry("DurationAlarm", "> 118000 in 2 of 3 x 300 s"),
            Map.entry("TableWritesThrottledAlarm", "> 100 in 3 of 3 x 300 s"),
            Map.entry("TableReadsThrottledAlarm", "> 100 in 3 of 3 x 300 s"),
            Map.entry("FailedShareAlarm", "> FailedAlarmPercent in 2 of 4 x 900 s"),
            Map.entry("DeferralRateAlarm", "> DeferralsAlarmPerMinute in 12 of 15 x 60 s"),
            Map.entry("DeferralShareAlarm", "> 0.9 in 6 of 6 x 3600 s"),
            Map.entry("NewVersionErrorsAlarm", "> 0 in 1 of 1 x 60 s"));

    private static final Map<String, String> EXPRESSIONS = Map.of(
            "FailedShareAlarm", "IF(ok + httpError + failed > 100, 100 * failed / (ok + httpError + failed), 0)",
            "DeferralShareAlarm", "IF(urls > 1000, deferred / urls, 0)");

    private AlarmTimeRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("alarms go off after so long, and above so much", AlarmTimeRules::times),
                new TemplateRule("an alarm that reckons looks at one result", AlarmTimeRules::expressions),
                new TemplateRule("an alarm's words name its parameter", AlarmTimeRules::words));
    }

    private static void times(CheckedTemplate template) {
        assertThat(template.ids("AWS::CloudWatch::Alarm").stream()
                        .collect(Collectors.toMap(alarm -> alarm, alarm -> time(template, alarm))))
                .isEqualTo(TIMES);
    }

    private static String time(CheckedTemplate template, String alarm) {
        Map<String, @Nullable Object> properties = template.properties(alarm);
        Set<Object> periods = Stream.concat(
                        Stream.of(properties).map(own -> own.get("Period")),
                        list(properties.get("Metrics")).stream().map(metric -> value(metric, "MetricStat", "Period")))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        assertThat(periods).as(alarm).hasSize(1);
        // Left out, it is all of them.
        Object spans = properties.get("EvaluationPeriods");
        return "> %s in %s of %s x %s s"
                .formatted(
                        plain(properties.get("Threshold")),
                        properties.getOrDefault("DatapointsToAlarm", spans),
                        spans,
                        periods.iterator().next());
    }

    /// CloudWatch refuses an alarm of which two results are returned, with the deployment half done.
    private static void expressions(CheckedTemplate template) {
        for (String alarm : template.ids("AWS::CloudWatch::Alarm")) {
            List<Object> metrics = list(template.properties(alarm).get("Metrics"));
            if (!metrics.isEmpty()) {
                assertThat(metrics.stream()
                                .filter(metric -> !Boolean.FALSE.equals(value(metric, "ReturnData")))
                                .map(metric -> String.valueOf(value(metric, "Expression"))))
                        .as(alarm)
                        .containsExactly(EXPRESSIONS.get(alarm));
            }
        }
    }

    private static void words(CheckedTemplate template) {
        for (String alarm : template.ids("AWS::CloudWatch::Alarm")) {
            if (template.properties(alarm).get("Threshold") instanceof Map<?, ?> parameter) {
                assertThat(plain(template.properties(alarm).get("AlarmDescription")))
                        .as(alarm)
                        .contains("${" + plain(parameter) + "}");
            }
        }
    }
}
