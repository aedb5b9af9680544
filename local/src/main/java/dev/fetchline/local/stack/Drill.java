package dev.fetchline.local.stack;

import dev.fetchline.local.table.TableFaults;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a local run differs from the template on purpose, to rehearse in seconds what takes minutes on AWS. The template
/// itself, and every run without a drill, keep their numbers.
///
/// @param functionTimeout the function's timeout; null for the template's
/// @param visibilityTimeout of the queue, in whole seconds; null for the template's
/// @param receivesMax how often a message is received before it is a dead letter; null for the template's
/// @param window how long a batch waits for more messages; null for the template's
/// @param invocationsPerEnvironment invocations that one environment serves at once, as with Lambda's
///     `AWS_LAMBDA_MAX_CONCURRENCY`; only under the real runtime client
/// @param disturbance what goes wrong on purpose
/// @param tableFaults faults of a table in memory, which is then used in place of DynamoDB Local and is far faster;
/// null
///     for DynamoDB Local
public record Drill(
        @Nullable Duration functionTimeout,
        @Nullable Duration visibilityTimeout,
        @Nullable Integer receivesMax,
        @Nullable Duration window,
        int invocationsPerEnvironment,
        Disturbance disturbance,
        @Nullable TableFaults tableFaults) {
    /// Everything as the template says.
    public static final Drill NONE = new Drill(null, null, null, null, 1, Disturbance.NONE, null);

    /// Checks the range of the invocations.
    ///
    /// @throws IllegalArgumentException if no invocation could run
    public Drill {
        if (invocationsPerEnvironment < 1) {
            throw new IllegalArgumentException(
                    "invocationsPerEnvironment is " + invocationsPerEnvironment + "; it must be at least 1");
        }
    }

    /// The template's definition with this drill's numbers.
    StackDefinition applyTo(StackDefinition template) {
        return new StackDefinition(
                queue(template.queue()),
                template.deadLetterQueue(),
                template.table(),
                template.batchesTable(),
                mapping(template.mapping()),
                function(template.function()));
    }

    private QueueDefinition queue(QueueDefinition template) {
        Map<String, String> attributes = new LinkedHashMap<>(template.attributes());
        if (visibilityTimeout != null) {
            attributes.put("VisibilityTimeout", Long.toString(visibilityTimeout.toSeconds()));
        }
        if (receivesMax != null) {
            attributes.computeIfPresent(
                    "RedrivePolicy",
                    (_, policy) -> policy.replaceFirst(
                            "\"maxReceiveCount\":\"?[0-9]+\"?", "\"maxReceiveCount\":" + receivesMax));
        }
        return new QueueDefinition(template.name(), attributes);
    }

    private MappingDefinition mapping(MappingDefinition template) {
        return window == null
                ? template
                : new MappingDefinition(
                        template.batchSize(), window, template.concurrencyMax(), template.reportsFailures());
    }

    private FunctionDefinition function(FunctionDefinition template) {
        return functionTimeout == null
                ? template
                : new FunctionDefinition(
                        template.name(),
                        template.handler(),
                        functionTimeout,
                        template.memoryMb(),
                        template.snapStart(),
                        template.environment());
    }
}
