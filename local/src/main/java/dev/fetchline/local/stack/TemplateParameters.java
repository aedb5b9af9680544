package dev.fetchline.local.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of a template's parameters: defaults, and what a local run puts in their place, held to the same rules as
/// CloudFormation's.
final class TemplateParameters {
    /// AWS takes no less than 2 here; on one machine a single environment works, and is what a site may be owed.
    private static final Map<String, Number> LEAST_HERE = Map.of("MaximumConcurrency", 1);

    private TemplateParameters() {}

    static Map<String, String> resolve(Map<String, @Nullable Object> declared, Map<String, String> overrides) {
        for (String name : overrides.keySet()) {
            if (!declared.containsKey(name)) {
                throw new LocalStackException("The template has no parameter " + name + "; it has "
                        + String.join(", ", declared.keySet()) + ".");
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        declared.forEach((name, declaration) -> {
            Map<String, @Nullable Object> rules = TemplateYaml.map(declaration, "parameter " + name);
            Object value = overrides.containsKey(name) ? overrides.get(name) : rules.get("Default");
            if (value == null) {
                throw new LocalStackException("The template's parameter " + name + " has no default and no value.");
            }
            values.put(name, checked(name, value.toString(), rules));
        });
        return values;
    }

    private static String checked(String name, String value, Map<String, @Nullable Object> rules) {
        if (rules.get("AllowedValues") instanceof List<?> allowed
                && allowed.stream().noneMatch(each -> value.equals(String.valueOf(each)))) {
            throw refused(
                    name,
                    value,
                    "one of "
                            + String.join(
                                    ", ", allowed.stream().map(String::valueOf).toList()));
        }
        if (rules.get("AllowedPattern") instanceof String pattern && !value.matches(pattern)) {
            Object wanted = rules.get("ConstraintDescription");
            throw refused(name, value, wanted == null ? "of the form " + pattern : wanted.toString());
        }
        if ("Number".equals(rules.get("Type"))) {
            checkRange(name, value, rules);
        }
        return value;
    }

    private static void checkRange(String name, String value, Map<String, @Nullable Object> rules) {
        Object least = LEAST_HERE.containsKey(name) ? LEAST_HERE.get(name) : rules.get("MinValue");
        Object most = rules.get("MaxValue");
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw refused(name, value, "a whole number");
        }
        if (least instanceof Number min && number < min.longValue()) {
            throw refused(name, value, most == null ? "at least " + min : "from " + min + " to " + most);
        }
        if (most instanceof Number max && number > max.longValue()) {
            throw refused(name, value, least == null ? "at most " + max : "from " + least + " to " + max);
        }
    }

    private static LocalStackException refused(String name, String value, String wanted) {
        return new LocalStackException(
                "The template's parameter " + name + " is '" + value + "'; it must be " + wanted + ".");
    }
}
