package dev.fetchline.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// template.yaml as a local run reads it: the one function with a queue as its event source, that queue, its
/// dead-letter queue, the table of results and, where the function is given one, that of batches. Local and deployed
/// cannot drift apart, for nothing else says what a local run makes.
final class StackTemplate {
    static final String REGION = "us-east-1";
    static final String ACCOUNT = "000000000000";
    private static final String NAME_PREFIX = "fetchline-";

    /// What tells the second table from the first.
    private static final String BATCHES_VARIABLE = "FETCH_BATCHES_TABLE";

    private final Map<String, @Nullable Object> resources;
    private final Map<String, String> parameters;
    private final String function;
    private final Map<String, @Nullable Object> event;
    private final String queue;
    private final String deadLetterQueue;
    private final String table;
    private final Optional<String> batchesTable;

    private StackTemplate(Map<String, @Nullable Object> document, Map<String, String> overrides) {
        if (document.containsKey("Globals")) {
            throw new LocalStackException("The template has Globals, which a local run does not understand.");
        }
        resources = child(document, "Resources", "the template");
        parameters = new LinkedHashMap<>(TemplateParameters.resolve(
                document.containsKey("Parameters") ? child(document, "Parameters", "the template") : Map.of(),
                overrides));
        parameters.put("AWS::Region", REGION);
        parameters.put("AWS::AccountId", ACCOUNT);
        parameters.put("AWS::Partition", "aws");
        parameters.put("AWS::URLSuffix", "amazonaws.com");
        parameters.put("AWS::StackName", "fetchline-local");
        function = only("AWS::Serverless::Function", id -> !queueEvents(id).isEmpty());
        event = queueEvents(function).getFirst();
        queue = target(event.get("Queue"), "the function's queue");
        deadLetterQueue = target(
                child(properties(queue), "RedrivePolicy", queue).get("deadLetterTargetArn"), queue + ".RedrivePolicy");
        batchesTable = reference(function, BATCHES_VARIABLE);
        table = only("AWS::DynamoDB::Table", id -> !batchesTable.equals(Optional.of(id)));
    }

    static StackTemplate read(Path file, Map<String, String> overrides) {
        return new StackTemplate(TemplateYaml.read(file), overrides);
    }

    /// Everything with values in place of intrinsics; the queue server's address is part of some of them.
    StackDefinition define(URI sqsEndpoint) {
        return define(sqsEndpoint, ACCOUNT);
    }

    /// The same in another account: an emulator of another make may have its own.
    StackDefinition define(URI sqsEndpoint, String account) {
        Map<String, String> references = new LinkedHashMap<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String id : List.of(queue, deadLetterQueue)) {
            references.put(id, sqsEndpoint + "/" + account + "/" + NAME_PREFIX + id);
            attributes.put(id + ".Arn", "arn:aws:sqs:" + REGION + ":" + account + ":" + NAME_PREFIX + id);
            attributes.put(id + ".QueueName", NAME_PREFIX + id);
        }
        for (String id : tables()) {
            references.put(id, NAME_PREFIX + id);
            attributes.put(id + ".Arn", "arn:aws:dynamodb:" + REGION + ":" + account + ":table/" + NAME_PREFIX + id);
        }
        references.put(function, NAME_PREFIX + function);
        Definitions definitions = new Definitions(new Intrinsics(parameters, references, attributes));
        return new StackDefinition(
                definitions.queue(queue, NAME_PREFIX + queue, properties(queue)),
                definitions.queue(deadLetterQueue, NAME_PREFIX + deadLetterQueue, properties(deadLetterQueue)),
                definitions.table(table, NAME_PREFIX + table, properties(table)),
                batchesTable.map(id -> definitions.table(id, NAME_PREFIX + id, properties(id))),
                definitions.mapping(function, event),
                definitions.function(function, NAME_PREFIX + function, properties(function)));
    }

    private List<String> tables() {
        return batchesTable.map(batches -> List.of(table, batches)).orElse(List.of(table));
    }

    /// The resource that an environment variable of the function refers to; empty where it does not, or there is none.
    private Optional<String> reference(String id, String variable) {
        return properties(id).get("Environment") instanceof Map<?, ?> environment
                        && environment.get("Variables") instanceof Map<?, ?> variables
                        && variables.get(variable) instanceof Map<?, ?> call
                        && call.get("Ref") instanceof String target
                ? Optional.of(target)
                : Optional.empty();
    }

    private String only(String type, Predicate<String> wanted) {
        List<String> found = resources.keySet().stream()
                .filter(id ->
                        type.equals(TemplateYaml.map(resources.get(id), id).get("Type")))
                .filter(wanted)
                .toList();
        if (found.size() != 1) {
            throw new LocalStackException(
                    "A local run needs a template with one " + type + "; this one has " + found.size() + ".");
        }
        return found.getFirst();
    }

    private List<Map<String, @Nullable Object>> queueEvents(String id) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        if (properties(id).get("Events") instanceof Map<?, ?> events) {
            for (Object each : events.values()) {
                Map<String, @Nullable Object> declared = TemplateYaml.map(each, id + ".Events");
                if ("SQS".equals(declared.get("Type"))) {
                    found.add(child(declared, "Properties", id + ".Events"));
                }
            }
        }
        return found;
    }

    private Map<String, @Nullable Object> properties(String id) {
        return child(TemplateYaml.map(resources.get(id), "resource " + id), "Properties", id);
    }

    private static Map<String, @Nullable Object> child(Map<String, @Nullable Object> parent, String key, String where) {
        return TemplateYaml.map(parent.get(key), where + "." + key);
    }

    private static String target(@Nullable Object getAtt, String where) {
        if (getAtt instanceof Map<?, ?> call
                && call.get("Fn::GetAtt") instanceof String path
                && path.endsWith(".Arn")) {
            return path.substring(0, path.length() - ".Arn".length());
        }
        throw new LocalStackException("In the template, " + where + " is not written as !GetAtt <queue>.Arn.");
    }
}
