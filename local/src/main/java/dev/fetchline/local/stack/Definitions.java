package dev.fetchline.local.stack;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the properties of single resources through one set of values.
record Definitions(Intrinsics intrinsics) {
    /// Lambda's own values where a template is silent.
    private static final int BATCH_SIZE = 10;

    private static final int CONCURRENCY_MAX = 5;
    private static final int TIMEOUT_SECONDS = 3;
    private static final int MEMORY_MB = 128;

    QueueDefinition queue(String id, String name, Map<String, @Nullable Object> node) {
        Map<String, String> attributes = new LinkedHashMap<>();
        resolved(node, id).forEach((property, value) -> {
            if (value instanceof Map<?, ?> policy) {
                attributes.put(property, Json.write(policy));
            } else if (value != null && !property.equals("QueueName")) {
                attributes.put(property, value.toString());
            }
        });
        return new QueueDefinition(name, attributes);
    }

    TableDefinition table(String id, String name, Map<String, @Nullable Object> node) {
        Map<String, @Nullable Object> properties = resolved(node, id);
        Optional<String> expiry = properties.get("TimeToLiveSpecification") instanceof Map<?, ?> ttl
                ? Optional.of(String.valueOf(ttl.get("AttributeName")))
                : Optional.empty();
        return new TableDefinition(
                name,
                pairs(id, properties.get("KeySchema"), "KeyType"),
                pairs(id, properties.get("AttributeDefinitions"), "AttributeType"),
                expiry);
    }

    MappingDefinition mapping(String id, Map<String, @Nullable Object> node) {
        Map<String, @Nullable Object> properties = resolved(node, id + ".Events");
        int concurrencyMax = properties.get("ScalingConfig") instanceof Map<?, ?> scaling
                ? number(scaling.get("MaximumConcurrency"), "MaximumConcurrency")
                : CONCURRENCY_MAX;
        Object window = properties.getOrDefault("MaximumBatchingWindowInSeconds", 0);
        return new MappingDefinition(
                number(properties.getOrDefault("BatchSize", BATCH_SIZE), "BatchSize"),
                Duration.ofSeconds(number(window, "MaximumBatchingWindowInSeconds")),
                concurrencyMax,
                properties.get("FunctionResponseTypes") instanceof List<?> types
                        && types.contains("ReportBatchItemFailures"));
    }

    /// Only what a local run uses is resolved: policies and layers may say what this reader does not know.
    FunctionDefinition function(String id, String name, Map<String, @Nullable Object> node) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (node.get("Environment") instanceof Map<?, ?> declared) {
            resolved(TemplateYaml.map(declared.get("Variables"), id + ".Environment.Variables"), id + ".Environment")
                    .forEach((variable, value) -> environment.put(variable, value == null ? "" : value.toString()));
        }
        return new FunctionDefinition(
                name,
                String.valueOf(intrinsics.resolve(node.get("Handler"), id + ".Handler")),
                Duration.ofSeconds(
                        number(intrinsics.resolve(node.getOrDefault("Timeout", TIMEOUT_SECONDS), id), "Timeout")),
                number(intrinsics.resolve(node.getOrDefault("MemorySize", MEMORY_MB), id), "MemorySize"),
                node.get("SnapStart") instanceof Map<?, ?> snapStart
                        && "PublishedVersions".equals(intrinsics.resolve(snapStart.get("ApplyOn"), id + ".SnapStart")),
                environment);
    }

    private Map<String, @Nullable Object> resolved(Map<String, @Nullable Object> node, String where) {
        return TemplateYaml.map(intrinsics.resolve(node, where), where);
    }

    private static Map<String, String> pairs(String id, @Nullable Object list, String valueName) {
        Map<String, String> pairs = new LinkedHashMap<>();
        if (list instanceof List<?> entries) {
            for (Object entry : entries) {
                Map<String, @Nullable Object> pair = TemplateYaml.map(entry, id);
                pairs.put(String.valueOf(pair.get("AttributeName")), String.valueOf(pair.get(valueName)));
            }
        }
        return pairs;
    }

    private static int number(@Nullable Object value, String name) {
        try {
            return Integer.parseInt(String.valueOf(value));
        } catch (NumberFormatException e) {
            throw new LocalStackException("In the template, " + name + " is no number: " + value + ".", e);
        }
    }
}
