package dev.fetchline.local.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts values in place of `Ref`, `Fn::GetAtt` and `Fn::Sub`; anything else that looks like an intrinsic is an error,
/// so
/// that a local run never differs from the deployed stack in silence.
///
/// @param parameters values of parameters and pseudo parameters
/// @param references what `Ref` of a resource gives
/// @param attributes what `Fn::GetAtt` gives, by `Resource.Attribute`
record Intrinsics(Map<String, String> parameters, Map<String, String> references, Map<String, String> attributes) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([A-Za-z0-9:.]+)}");

    @Nullable
    Object resolve(@Nullable Object node, String where) {
        return switch (node) {
            case Map<?, ?> map when intrinsic(map) -> call(TemplateYaml.map(map, where), where);
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
                map.forEach((key, value) ->
                        resolved.put(String.valueOf(key), resolve(value, where + "." + String.valueOf(key))));
                yield resolved;
            }
            case List<?> list -> {
                List<@Nullable Object> resolved = new ArrayList<>();
                list.forEach(value -> resolved.add(resolve(value, where)));
                yield resolved;
            }
            case null, default -> node;
        };
    }

    private static boolean intrinsic(Map<?, ?> map) {
        return map.size() == 1
                && map.keySet().iterator().next() instanceof String name
                && (name.equals("Ref") || name.equals("Condition") || name.startsWith("Fn::"));
    }

    private String call(Map<String, @Nullable Object> call, String where) {
        String function = call.keySet().iterator().next();
        Object argument = call.get(function);
        if (function.equals("Ref") && argument instanceof String name) {
            return reference(name, where);
        }
        if (function.equals("Fn::GetAtt") && argument instanceof String path) {
            return attribute(path, where);
        }
        if (function.equals("Fn::GetAtt") && argument instanceof List<?> path) {
            return attribute(String.join(".", path.stream().map(String::valueOf).toList()), where);
        }
        if (function.equals("Fn::Sub") && argument instanceof String text) {
            return substitute(text, where);
        }
        throw new LocalStackException("In the template, " + where + " uses " + function
                + " in a form that a local run does not understand; it knows Ref, Fn::GetAtt and Fn::Sub of a text.");
    }

    private String reference(String name, String where) {
        String value = parameters.getOrDefault(name, references.get(name));
        if (value == null) {
            throw new LocalStackException("In the template, " + where + " refers to " + name
                    + ", which is no parameter and no resource that a local run has.");
        }
        return value;
    }

    private String attribute(String path, String where) {
        String value = attributes.get(path);
        if (value == null) {
            throw new LocalStackException(
                    "In the template, " + where + " refers to " + path + ", which a local run does not have.");
        }
        return value;
    }

    private String substitute(String text, String where) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(2);
            boolean literal = !match.group(1).isEmpty();
            String value = literal
                    ? "${" + name + "}"
                    : attributes.containsKey(name) ? attribute(name, where) : reference(name, where);
            return Matcher.quoteReplacement(value);
        });
    }
}
