package dev.fetchline.local.status;

import dev.fetchline.local.target.Access;
import dev.fetchline.local.target.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

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
            results = client
                    .getMetricData(request -> request.startTime(now.minus(StackStatus.RECENT))
                            .endTime(now)
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
                latest(results.get(OLDEST)).stream()
                        .mapToObj(Duration::ofSeconds)
                        .findFirst(),
                latest(results.get(ENVIRONMENTS)),
                OptionalLong.of(sum(results.get(ERRORS))),
                List.of(),
                List.of(),
                command);
    }

    /// The value of the latest minute that has one. Emulators give them in an order of their own.
    private static OptionalLong latest(@Nullable MetricDataResult result) {
        if (result == null) {
            return OptionalLong.empty();
        }
        return IntStream.range(0, result.values().size())
                .boxed()
                .max(Comparator.comparing(result.timestamps()::get))
                .map(index -> OptionalLong.of(Math.round(result.values().get(index))))
                .orElse(OptionalLong.empty());
    }

    private static long sum(@Nullable MetricDataResult result) {
        return result == null
                ? 0
                : Math.round(result.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum());
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
