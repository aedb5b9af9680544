package dev.fetchline.local.stack;

import static dev.fetchline.local.stack.CheckedTemplate.list;
import static dev.fetchline.local.stack.CheckedTemplate.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fetchline.local.cost.Prices;
import dev.fetchline.local.cost.Prices.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether the dashboard shows what the function writes, and reckons with the prices of docs/prices.json.
final class DashboardRules {
    /// Labels of axes by the unit of what they show, by itself or by the second.
    private static final Map<String, Set<String>> LABELS = Map.of(
            "Count", Set.of("Count", "URLs/s"), "Bytes", Set.of("Bytes/s"), "Milliseconds", Set.of("Milliseconds"));

    /// AWS's own, by namespace: names and the dimension that they have for one queue, function, table or log.
    private static final Map<String, Set<String>> KNOWN = Map.of(
            "AWS/SQS QueueName",
            Set.of(
                    "ApproximateNumberOfMessagesVisible",
                    "ApproximateNumberOfMessagesNotVisible",
                    "ApproximateNumberOfMessagesDelayed",
                    "ApproximateAgeOfOldestMessage",
                    "NumberOfMessagesSent",
                    "NumberOfMessagesReceived",
                    "NumberOfMessagesDeleted",
                    "NumberOfEmptyReceives"),
            "AWS/Lambda FunctionName",
            Set.of("ConcurrentExecutions", "Errors", "Throttles", "Duration", "Invocations"),
            "AWS/DynamoDB TableName",
            Set.of(
                    "ConsumedWriteCapacityUnits",
                    "ConsumedReadCapacityUnits",
                    "WriteThrottleEvents",
                    "ReadThrottleEvents"),
            "AWS/Logs LogGroupName",
            Set.of("IncomingBytes"));

    private DashboardRules() {}

    static List<TemplateRule> all() {
        return List.of(
                new TemplateRule("the dashboard is JSON, and nothing that only looks like it", DashboardRules::json),
                new TemplateRule("the dashboard names the function's metrics as it writes them", DashboardRules::own),
                new TemplateRule("the dashboard names AWS's metrics as AWS does", DashboardRules::aws),
                new TemplateRule("the dashboard's axes have the units of what they show", DashboardRules::units),
                new TemplateRule("the dashboard reckons with metrics that it names", DashboardRules::expressions),
                new TemplateRule("the dashboard shows what an operator asks for", DashboardRules::shown),
                new TemplateRule("the dashboard's prices are those of docs/prices.json", DashboardRules::prices),
                new TemplateRule("the dashboard has every alarm that is always there", DashboardRules::alarms),
                new TemplateRule("the dashboard's line for the timeout is the function's", DashboardRules::timeout),
                new TemplateRule(
                        "every metric of the function is explained in docs/operations.md", DashboardRules::docs));
    }

    private static void json(CheckedTemplate template) throws IOException {
        try (JsonParser json = Json.FACTORY.createParser(DashboardWidget.body(template))) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            assertThatCode(() -> {
                        json.skipChildren();
                        json.nextToken();
                    })
                    .doesNotThrowAnyException();
            assertThat(json.currentToken()).isNull();
        }
    }

    private static Stream<DashboardWidget.Metric> metrics(CheckedTemplate template, boolean own) {
        return DashboardWidget.withMetrics(template).stream()
                .flatMap(widget -> widget.metrics().stream())
                .filter(metric -> metric.namespace().startsWith("AWS/") != own);
    }

    private static void own(CheckedTemplate template) {
        EmittedMetrics emitted = EmittedMetrics.OF_THE_FUNCTION;
        assertThat(metrics(template, true)).isNotEmpty().allSatisfy(metric -> {
            assertThat(metric.namespace()).isEqualTo(emitted.namespace());
            assertThat(emitted.units()).containsKey(metric.name());
            assertThat(List.copyOf(metric.dimensions().keySet())).isEqualTo(emitted.dimensions());
            assertThat(metric.dimensions()).containsValue("FetchFunction");
        });
    }

    private static void aws(CheckedTemplate template) {
        assertThat(metrics(template, false))
                .isNotEmpty()
                .allSatisfy(metric -> assertThat(KNOWN.getOrDefault(
                                metric.namespace() + " "
                                        + String.join(" ", metric.dimensions().keySet()),
                                Set.of()))
                        .contains(metric.name()));
    }

    private static void units(CheckedTemplate template) {
        Map<String, String> units = EmittedMetrics.OF_THE_FUNCTION.units();
        for (DashboardWidget widget : DashboardWidget.withMetrics(template)) {
            widget.metrics().stream()
                    .filter(metric -> units.containsKey(metric.name()) && !metric.onTheRight())
                    .forEach(metric -> assertThat(widget.axis())
                            .as(widget.title() + ", " + metric.name())
                            .isIn(LABELS.get(units.get(metric.name()))));
        }
    }

    private static void expressions(CheckedTemplate template) {
        for (DashboardWidget widget : DashboardWidget.withMetrics(template)) {
            Set<String> used = new TreeSet<>();
            widget.expressions().forEach(expression -> used.addAll(AlarmRules.names(expression)));
            Set<String> ids = widget.metrics().stream()
                    .map(DashboardWidget.Metric::id)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(used).as(widget.title()).isEqualTo(ids);
            // What is neither shown nor reckoned with is forgotten.
            assertThat(widget.metrics()).allMatch(metric -> metric.visible() || metric.id() != null);
        }
    }

    private static void shown(CheckedTemplate template) {
        assertThat(metrics(template, true).map(DashboardWidget.Metric::name))
                .contains(
                        "Ok",
                        "HttpError",
                        "Failed",
                        "Refused",
                        "Invalid",
                        "Deferred",
                        "Retries",
                        "BodyBytes",
                        "Unfinished",
                        "ReportedBack",
                        "Quarantined",
                        "ExpiredUntried",
                        "RetryingNotWritten");
        assertThat(metrics(template, true)
                        .filter(metric -> metric.name().equals("FetchDuration"))
                        .map(DashboardWidget.Metric::statistic))
                .containsExactly("p50", "p95", "p99");
    }

    private static void prices(CheckedTemplate template) {
        Prices prices = Prices.read(CheckedTemplate.ROOT.resolve("docs/prices.json"));
        List<String> expressions = DashboardWidget.withMetrics(template).stream()
                .filter(widget -> widget.title().startsWith("Cost"))
                .findFirst()
                .orElseThrow()
                .expressions();
        String all = String.join("\n", expressions);
        assertThat(all).contains(" * MemorySize / 1024 * ");
        assertThat(after(all, "written * ")).isEqualTo(usd(prices, Item.WRITE_UNIT));
        assertThat(after(all, "\nread * ")).isEqualTo(usd(prices, Item.READ_UNIT));
        assertThat(after(all, "MemorySize / 1024 * ")).isEqualTo(usd(prices, Item.LAMBDA_GB_SECOND));
        assertThat(after(all, "invocations * ")).isEqualTo(usd(prices, Item.LAMBDA_REQUEST));
        assertThat(after(all, "+ empty) * ")).isEqualTo(usd(prices, Item.SQS_REQUEST));
        assertThat(after(all, "logged / 1000000000 * ")).isEqualTo(usd(prices, Item.LOGS_GB));
        int metrics = EmittedMetrics.OF_THE_FUNCTION.units().size();
        assertThat(all)
                .contains("IF(invocations > 0, " + metrics + " * " + usd(prices, Item.METRIC_MONTH) + " / 730, 0)");
    }

    private static double usd(Prices prices, Item item) {
        return Objects.requireNonNull(prices.all().get(item)).usd();
    }

    private static double after(String text, String before) {
        int at = text.indexOf(before);
        assertThat(at).as(before).isNotNegative();
        return Double.parseDouble(text.substring(at + before.length()).split("[^0-9.]", 2)[0]);
    }

    private static void alarms(CheckedTemplate template) {
        List<Object> listed = DashboardWidget.widgets(template).stream()
                .filter(widget -> "alarm".equals(value(widget, "type")))
                .flatMap(widget -> list(value(widget, "properties", "alarms")).stream())
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(template.ids("AWS::CloudWatch::Alarm").stream()
                        .filter(id -> !template.resource(id).containsKey("Condition"))
                        .map(id -> (Object) (id + ".Arn"))
                        .toList());
    }

    private static void timeout(CheckedTemplate template) {
        assertThat(DashboardWidget.widgets(template).stream()
                        .flatMap(widget -> list(value(widget, "properties", "annotations", "horizontal")).stream())
                        .map(line -> value(line, "label") + " " + value(line, "value")))
                .containsExactly("timeout "
                        + template.stacks().getFirst().function().timeout().toMillis());
    }

    private static void docs(CheckedTemplate template) throws IOException {
        String table = Files.readString(CheckedTemplate.ROOT.resolve("docs/operations.md"));
        String metrics = table.substring(table.indexOf("## Metrics"));
        assertThat(EmittedMetrics.OF_THE_FUNCTION.units().keySet())
                .allSatisfy(name -> assertThat(metrics).contains("`" + name + "`"));
    }
}
