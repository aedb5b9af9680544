package dev.fetchline.local.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One line of the function's log that is metrics too, in CloudWatch's Embedded Metric Format.
///
/// @param at the time that CloudWatch files its values under: the invocation's end
/// @param values of each metric that the line declares; an array of the line has several
record MetricLine(Instant at, Map<Metric, List<Long>> values) {
    private static final JsonFactory JSON = new JsonFactory();

    /// The metrics of a line of log; empty if it is none of that format, or of another namespace.
    ///
    /// @throws IOException if it looks like one and is not JSON
    static Optional<MetricLine> read(String line) throws IOException {
        if (!line.startsWith("{") || !line.contains("\"_aws\"")) {
            return Optional.empty();
        }
        Directive directive = new Directive();
        Map<Metric, List<Long>> found = new EnumMap<>(Metric.class);
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                Metric metric = Metric.named(name);
                if (name.equals("_aws")) {
                    directive.read(json);
                } else if (metric != null) {
                    found.put(metric, numbers(json));
                } else {
                    json.skipChildren();
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new IOException("the line does not end");
            }
        }
        // What is not declared is a field of the log and no metric.
        found.keySet().removeIf(metric -> !directive.declared.contains(metric.metricName()));
        return directive.namespace.equals(Metric.NAMESPACE)
                ? Optional.of(new MetricLine(Instant.ofEpochMilli(directive.timestamp), found))
                : Optional.empty();
    }

    private static List<Long> numbers(JsonParser json) throws IOException {
        List<Long> numbers = new ArrayList<>();
        boolean several = json.currentToken() == JsonToken.START_ARRAY;
        while (!several || json.nextToken() != JsonToken.END_ARRAY) {
            numbers.add(json.getLongValue());
            if (!several) {
                break;
            }
        }
        return numbers;
    }

    long sum(Metric metric) {
        return values.getOrDefault(metric, List.of()).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /// What the field `_aws` says: which fields of the line are metrics.
    private static final class Directive {
        private final Set<String> declared = new HashSet<>();
        private String namespace = "";
        private long timestamp;

        void read(JsonParser json) throws IOException {
            int depth = 1;
            while (depth > 0) {
                JsonToken token = json.nextToken();
                if (token == null) {
                    throw new IOException("the line does not end");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token.isScalarValue() && json.currentName() != null) {
                    value(json.currentName(), json);
                }
            }
        }

        private void value(String name, JsonParser json) throws IOException {
            switch (name) {
                case "Timestamp" -> timestamp = json.getLongValue();
                case "Namespace" -> namespace = json.getText();
                case "Name" -> declared.add(json.getText());
                default -> {}
            }
        }
    }
}
