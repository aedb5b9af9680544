package dev.fetchline.local.status;

import dev.fetchline.local.target.Access;
import dev.fetchline.local.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;

/// What CloudWatch has of a deployed stack: minutes old, and nothing for minutes in which nothing happened.
final class DeployedFigures {
    private static final int PERIOD_SECONDS = 60;
    private static final String OLDEST = "oldest";
    private static final String ENVIRONMENTS = "environments";
    private static final String ERRORS = "errors";

    private DeployedFigures() {}

    static FunctionFigures of(Target target) {
        Optional<String> command = target.functionName().map(name -> logCommand(name, target.access()));
        Map<String, MetricDataResult> results;
        try (CloudWatchAsyncClient client =
                target.access().applyTo(CloudWatchAsyncClient.builder(), null).build()) {
            Instant now = Instant.now();
            results = client.getMetricData(request -> request.startTime(now.minus(StackStatus.RECENT))
                            .endTime(now)
                            .scanBy(ScanBy.TIMESTAMP_DESCENDING)
                            .metricDataQueries(queries(target)))
                    .join()
                    .metricDataResults()
                    .stream()
                    .collect(Collectors.toMap(MetricDataResult::id, result -> result, (one, _) -> one));
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof SdkException fault)) {
                throw e;
            }
            String why = String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
            return new FunctionFigures(
                    Optional.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    List.of("CloudWatch cannot be asked (" + why + "): ages and errors are unknown."),
                    command);
        }
        return new FunctionFigures(
                values(results, OLDEST).stream()
                        .findFirst()
                        .map(seconds -> Duration.ofSeconds(Math.round(seconds))),
                values(results, ENVIRONMENTS).stream().mapToLong(Math::round).findFirst(),
                OptionalLong.of(Math.round(values(results, ERRORS).stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())),
                List.of(),
                List.of(),
                command);
    }

    private static List<Double> values(Map<String, MetricDataResult> results, String id) {
        MetricDataResult result = results.get(id);
        return result == null ? List.of() : result.values();
    }

    private static List<MetricDataQuery> queries(Target target) {
        String queueUrl = target.queueUrl();
        MetricDataQuery oldest = query(
                OLDEST,
                "AWS/SQS",
                "ApproximateAgeOfOldestMessage",
                "Maximum",
                "QueueName",
                queueUrl.substring(queueUrl.lastIndexOf('/') + 1));
        return target.functionName()
                .map(name -> List.of(
                        oldest,
                        query(ENVIRONMENTS, "AWS/Lambda", "ConcurrentExecutions", "Maximum", "FunctionName", name),
                        query(ERRORS, "AWS/Lambda", "Errors", "Sum", "FunctionName", name)))
                .orElse(List.of(oldest));
    }

    private static MetricDataQuery query(
            String id, String namespace, String metric, String statistic, String dimension, String value) {
        return MetricDataQuery.builder()
                .id(id)
                .metricStat(stat -> stat.stat(statistic)
                        .period(PERIOD_SECONDS)
                        .metric(its -> its.namespace(namespace)
                                .metricName(metric)
                                .dimensions(Dimension.builder()
                                        .name(dimension)
                                        .value(value)
                                        .build())))
                .build();
    }

    /// The log group has a name that CloudFormation made: Lambda knows it.
    private static String logCommand(String functionName, Access access) {
        String where = " --region " + access.region()
                + access.profile().map(name -> " --profile " + name).orElse("");
        return "aws logs tail \"$(aws lambda get-function-configuration --function-name " + functionName
                + " --query LoggingConfig.LogGroup --output text" + where + ")\" --since 15m --filter-pattern"
                + " '{ $.level = \"WARN\" || $.level = \"ERROR\" }'" + where;
    }
}
